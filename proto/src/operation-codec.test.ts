import { create, toBinary } from '@bufbuild/protobuf';
import { createValidator } from '@bufbuild/protovalidate';
import type { AttachedFile } from '@eventkit/shared/attachments/attachment.ts';
import type { EditFields } from '@eventkit/shared/edits/edit-intents.ts';
import type { EventId, VehicleId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMicros } from '@eventkit/shared/kernel/instant.ts';
import type { CheckIn, Intent, Move, Operation } from '@eventkit/shared/operations/operation.ts';
import { arbitraryOperations } from '@eventkit/shared/test/arbitrary-operations.ts';
import { runs } from '@eventkit/shared/test/property-runs.ts';
import { testId, testInstant } from '@eventkit/shared/test/test-ids.ts';
import { testOperation } from '@eventkit/shared/test/test-operation.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OperationSchema } from '#gen/eventkit/v1/operation_pb.ts';
import { PushedOperationSchema } from '#gen/eventkit/v1/sync_pb.ts';
import { decodeOperation, encodeOperation, LARGEST_ENVELOPE_BYTES } from './operation-codec.ts';
import { operationToMessage } from './operation-to-message.ts';

/** The most that the wire takes. */
const CENTURY_MS = 3_155_760_000_000;

const instant = fc.bigInt({ min: 0n, max: 253_402_300_799_000_000n }).map(instantOfMicros);
const note = fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 }));
const envelope = fc.record({
  sequence: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  recordedAt: instant,
  wallClockAt: instant,
  clockOffsetMs: fc.option(fc.integer({ min: -CENTURY_MS, max: CENTURY_MS })),
});

const move: Move = {
  kind: 'move',
  asset: { code: 'A-1', assetId: null, observed: null },
  locationId: testId('location', 1),
};
const checkIn: CheckIn = { ...move, kind: 'check_in', disposition: 'ok', note: null };
const photo: AttachedFile = {
  id: testId('attachment', 1),
  kind: 'photo',
  mediaType: 'image/jpeg',
  byteSize: 1,
  sha256: '0'.repeat(64),
  width: 1,
  height: 1,
  takenAt: testInstant(1),
};
const signature: AttachedFile = { ...photo, kind: 'signature', mediaType: 'image/png' };
const valid = testOperation(1, { intent: move });

describe('the wire form of an operation', () => {
  it('is taken up to the size that devices record, and no larger', () => {
    const validator = createValidator();
    const check = (size: number) => {
      const pushed = create(PushedOperationSchema, { id: valid.id, envelope: new Uint8Array(size) });
      return validator.validate(PushedOperationSchema, pushed).kind;
    };
    expect([check(LARGEST_ENVELOPE_BYTES), check(LARGEST_ENVELOPE_BYTES + 1)]).toEqual(['valid', 'invalid']);
  });

  it('comes back as what it was, whatever it says', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(arbitraryOperations, envelope, note, (operations, stamp, text) => {
        for (const plain of operations) {
          const operation: Operation = { ...plain, ...stamp, intent: withText(plain.intent, text) };
          expect(decodeOperation(encodeOperation(operation))).toEqual({ ok: true, value: operation });
          kinds.add(operation.intent.kind);
        }
      }),
      runs(150),
    );
    expect([...kinds].sort()).toEqual([
      'approve_stocktake',
      'arrive',
      'assign_label',
      'check_in',
      'check_out',
      'close_stocktake',
      'confirm_truck_pack',
      'count_asset',
      'count_bulk',
      'count_quantity',
      'create_row',
      'delete_row',
      'dispatch',
      'edit_fields',
      'fill_line',
      'found',
      'inspection_result',
      'load',
      'move',
      'move_bulk',
      'open',
      'open_stocktake',
      'pack',
      'quarantine',
      'release',
      'repair_done',
      'repair_start',
      'request_recount',
      'resolve',
      'restore_row',
      'retire',
      'retire_label',
      'review_variance',
      'seal',
      'undo',
      'unload',
      'unpack',
    ]);
  });

  it('is the same bytes every time: a repeat can be told from another operation with the same id', () => {
    fc.assert(
      fc.property(arbitraryOperations, (operations) => {
        for (const operation of operations) {
          expect(encodeOperation(structuredClone(operation))).toEqual(encodeOperation(operation));
        }
      }),
      runs(50),
    );
  });

  it('knows one spelling of an id only', () => {
    const shouted = { ...operationToMessage(valid), id: valid.id.toUpperCase() };
    const decoded = decodeOperation(toBinary(OperationSchema, create(OperationSchema, shouted)));
    expect(decoded).toEqual({ ok: true, value: valid });
  });
});

describe('what cannot be read', () => {
  it('is said and never thrown, whatever the bytes', () => {
    const damaged = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })).map(([at, flip]) => {
      const bytes = encodeOperation(valid);
      bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ flip;
      return bytes;
    });
    let unreadable = 0;
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (bytes) => {
        const decoded = decodeOperation(bytes);
        if (decoded.ok) return;
        unreadable += 1;
        expect(decoded.error.kind).toBe('unreadable');
        expect(decoded.error.problem).not.toBe('');
      }),
      runs(1_000),
    );
    expect(unreadable).toBeGreaterThan(500);
  });

  it.each<[string, Operation, RegExp]>([
    ['an id that is none', { ...valid, id: 'x' as never }, /id/],
    ['sequence 0', { ...valid, sequence: 0 }, /sequence/],
    ['a newer version', { ...valid, schemaVersion: 2 }, /newer/],
    ['a code too long', withCode('x'.repeat(513)), /code/],
    ['no code', withCode(''), /code/],
    ['a photo of 10 MiB and a byte', withPhotos([{ ...photo, byteSize: 10 * 1024 * 1024 + 1 }]), /byte_size/],
    ['a photo without its SHA-256', withPhotos([{ ...photo, sha256: 'ab' }]), /sha256/],
    ['eleven photos', withPhotos(Array.from({ length: 11 }, () => photo)), /attachments/],
    ['three signatures', withSignatures([signature, signature, signature]), /attachments/],
    ['an edit of nothing', withEdits([]), /edits/],
    ['a field without a name', withEdits([{ field: '', saw: null, value: null }]), /field/],
    ['a text too long', withEdits([{ field: 'note', saw: null, value: 'x'.repeat(5_001) }]), /text/],
    ['NUL in a field', withEdits([{ field: 'note', saw: null, value: 'a\0' }]), /NUL/],
    ['NUL in a code', withCode('A\0'), /NUL/],
    ['NUL in a note', testOperation(1, { intent: { ...checkIn, note: 'a\0' } }), /NUL/],
    [
      'a pack of nothing',
      testOperation(1, { intent: { kind: 'pack', caseId: testId('case', 1), members: [] } }),
      /members/,
    ],
  ])('%s', (_, operation, problem) => {
    expect(decodeOperation(encodeOperation(operation))).toEqual({
      ok: false,
      error: { kind: 'unreadable', problem: expect.stringMatching(problem) },
    });
  });

  it('an intent of a kind that this version does not know, nothing at all, and a word it does not know', () => {
    const message = operationToMessage(valid);
    const unknownKind = create(OperationSchema, { ...message, intent: { case: undefined } });
    const unknownWord = operationToMessage(testOperation(1, { intent: checkIn }));
    if (unknownWord.intent.case !== 'checkIn') throw new Error('not a check-in');
    unknownWord.intent.value.disposition = 99 as never;
    for (const bytes of [
      toBinary(OperationSchema, unknownKind),
      new Uint8Array(),
      toBinary(OperationSchema, unknownWord),
    ]) {
      expect(decodeOperation(bytes)).toMatchObject({ ok: false, error: { kind: 'unreadable' } });
    }
  });
});

function withCode(code: string): Operation {
  return testOperation(1, { intent: { ...move, asset: { code, assetId: null, observed: null } } });
}

function withPhotos(attachments: readonly AttachedFile[]): Operation {
  return testOperation(1, { intent: { ...checkIn, attachments } });
}

function withSignatures(attachments: readonly AttachedFile[]): Operation {
  const truck = { vehicleId: testId<VehicleId>('vehicle', 1), eventId: testId<EventId>('event', 1) };
  const list = { contents: [], leftBehind: [], attachments };
  return testOperation(1, { intent: { kind: 'confirm_truck_pack', ...truck, ...list } });
}

function withEdits(edits: EditFields['edits']): Operation {
  return testOperation(1, {
    intent: { kind: 'edit_fields', table: 'pull_list_lines', rowId: testId('line', 1), edits },
  });
}

function withText(intent: Intent, text: string | null): Intent {
  if (intent.kind === 'check_in') return { ...intent, note: text };
  return intent.kind === 'check_out' ? { ...intent, overrideReason: text } : intent;
}
