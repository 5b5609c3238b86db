import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { OPERATION_SCHEMA_VERSION } from '@eventkit/shared/operations/operation.ts';
import { testId } from '@eventkit/shared/test/test-ids.ts';
import { testOperation } from '@eventkit/shared/test/test-operation.ts';
import { describe, expect, it } from 'vitest';
import { OperationSchema } from '#gen/eventkit/v1/operation_pb.ts';
import { decodeOperation } from './operation-codec.ts';
import { operationToMessage } from './operation-to-message.ts';
import { type UpConversion, upConvert } from './up-convert.ts';

const folder = join(import.meta.dirname, '../recorded');

type Recorded = { readonly envelope: string; readonly operation: Record<string, unknown> };

function recordedOf(version: number): Recorded[] {
  const text = readFileSync(join(folder, `version-${version}.ndjson`), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line): Recorded => JSON.parse(line));
}

describe('queues that were recorded by released versions', () => {
  it('are kept for every version', () => {
    const kept = readdirSync(folder).sort();
    const versions = Array.from({ length: OPERATION_SCHEMA_VERSION }, (_, index) => index + 1);
    expect(kept).toEqual(versions.map((version) => `version-${version}.ndjson`).sort());
  });

  it('of version 1 mean today what they meant', () => {
    const recorded = recordedOf(1);
    for (const { envelope, operation } of recorded) {
      expect(decodeOperation(Buffer.from(envelope, 'base64'))).toMatchObject({ ok: true, value: operation });
    }
    const kinds = new Set(recorded.map(({ operation }) => (operation['intent'] as { kind: string }).kind));
    expect([...kinds].sort()).toEqual(['check_in', 'check_out', 'move', 'pack', 'undo', 'unpack']);
  });

  it('of version 1 are written by this version as they were then, byte for byte', () => {
    for (const { envelope } of recordedOf(1)) {
      const bytes = Buffer.from(envelope, 'base64');
      expect(Buffer.from(toBinary(OperationSchema, fromBinary(OperationSchema, bytes)))).toEqual(bytes);
    }
  });
});

/*
 * No released version was followed by another yet. So the way up is shown with versions that are made up here: in
 * version 1 a location is written in capitals, in version 2 a move without a code has the word "unknown" for it.
 */
describe('the way up from version to version', () => {
  const move = operationToMessage(
    testOperation(1, {
      intent: {
        kind: 'move',
        asset: { code: '-', assetId: testId('asset', 1), observed: null },
        locationId: testId('location', 1),
      },
    }),
  );
  const madeUp = new Map<number, UpConversion>([
    [
      1,
      ({ intent }) => {
        if (intent.case === 'move') intent.value.locationId = intent.value.locationId.toLowerCase();
      },
    ],
    [
      2,
      ({ intent }) => {
        if (intent.case === 'move' && intent.value.asset?.code === '-') intent.value.asset.code = 'unknown';
      },
    ],
  ]);

  it('goes by every step in between, and leaves what it was given alone', () => {
    const before = toBinary(OperationSchema, move);
    const converted = upConvert(move, 3, madeUp);
    expect(converted).toMatchObject({
      ok: true,
      value: { schemaVersion: 3, intent: { case: 'move', value: { asset: { code: 'unknown' } } } },
    });
    expect(toBinary(OperationSchema, move)).toEqual(before);
  });

  it('starts where the operation is', () => {
    const second = create(OperationSchema, { ...move, schemaVersion: 2 });
    expect(upConvert(second, 2, madeUp)).toEqual({ ok: true, value: second });
    expect(upConvert(second, 3, madeUp)).toMatchObject({ ok: true, value: { schemaVersion: 3 } });
  });

  it('does not guess at versions that are newer, or that nobody knows', () => {
    expect(upConvert(create(OperationSchema, { ...move, schemaVersion: 4 }), 3, madeUp)).toEqual({
      ok: false,
      error: 'schema version 4 is newer than 3',
    });
    expect(upConvert(create(OperationSchema, { ...move, schemaVersion: 0 }), 3, madeUp)).toEqual({
      ok: false,
      error: 'nothing is known of schema version 0',
    });
  });
});
