import { createHash } from 'node:crypto';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type FiledOperation,
  type OperationsFile,
  type ReadOperationsFile,
  readOperationsFile,
  type Sha256,
  writeOperationsFile,
} from './operations-file.ts';

const sha256: Sha256 = async (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());
const uuid = (number: number) => `018f0000-0000-7000-8000-${String(number).padStart(12, '0')}`;

const file: OperationsFile = {
  tenantId: uuid(1),
  deviceId: uuid(2),
  deviceName: 'Dock 2 – Größe',
  epoch: uuid(3),
  madeAt: instantOfMs(1_700_000_000_123),
  appVersion: '1.0',
  operations: [1, 2, 3].map((sequence) => ({
    id: uuid(10 + sequence),
    sequence,
    envelope: Uint8Array.of(0, 255, sequence),
  })),
};

type Json = Record<string, unknown> & { operations: Record<string, unknown>[] };

/** What is read of the file after somebody had it in hand. */
async function readChanged(change: (json: Json) => void): Promise<ReadOperationsFile> {
  const json = JSON.parse(await writeOperationsFile(file, sha256)) as Json;
  change(json);
  const read = await readBack(JSON.stringify(json));
  if (!read.ok) throw new Error(read.error.kind);
  return read.value;
}

const readBack = (text: string) => readOperationsFile(new TextEncoder().encode(text), sha256);

describe('a file of operations', () => {
  test('comes back as it was, whatever is in it', async () => {
    const operation: fc.Arbitrary<FiledOperation> = fc.record({
      id: fc.uuid(),
      sequence: fc.nat(),
      envelope: fc.uint8Array({ maxLength: 200 }),
    });
    const files = fc.record({
      tenantId: fc.uuid(),
      deviceId: fc.uuid(),
      deviceName: fc.string({ unit: 'grapheme' }),
      epoch: fc.constantFrom('', uuid(3)),
      madeAt: fc.nat().map((seconds) => instantOfMs(seconds * 1000)),
      appVersion: fc.string(),
      operations: fc.array(operation, { maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(files, async (any) => {
        const whole = any.operations.map((one) => ({ ...one, isWhole: true }));
        expect(await readBack(await writeOperationsFile(any, sha256))).toEqual({
          ok: true,
          value: { ...any, operations: whole, isWhole: true },
        });
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  test('tells which operation was changed, and leaves the others standing', async () => {
    const read = await readChanged(({ operations }) => {
      Object.assign(operations[1] ?? {}, { envelope: btoa('other bytes') });
    });
    expect(read.isWhole).toBe(false);
    expect(read.operations.map(({ isWhole }) => isWhole)).toEqual([true, false, true]);
  });

  test('moved to another company or device, none of its operations stands', async () => {
    for (const key of ['tenantId', 'deviceId']) {
      const read = await readChanged((json) => Object.assign(json, { [key]: uuid(99) }));
      expect(read.operations.map(({ isWhole }) => isWhole)).toEqual([false, false, false]);
    }
  });

  test('tells that something was left out, put in another order, or put in', async () => {
    const changes: ((json: Json) => void)[] = [
      ({ operations }) => operations.pop(),
      ({ operations }) => operations.reverse(),
      ({ operations }) => operations.push(operations[0] ?? {}),
      (json) => Object.assign(json, { epoch: uuid(98) }),
      (json) => Object.assign(json, { madeAtMicros: '1' }),
    ];
    for (const change of changes) {
      const read = await readChanged(change);
      expect(read.isWhole).toBe(false);
      expect(read.operations.every(({ isWhole }) => isWhole)).toBe(true);
    }
  });

  test('is none where it is cut off, something else, or names no device', async () => {
    const text = await writeOperationsFile(file, sha256);
    const texts = [
      '',
      '{}',
      'null',
      'GIF89a',
      text.slice(0, -1),
      text.replace(uuid(2), 'nobody'),
      text.replace('eventkit-operations', 'recipes'),
    ];
    for (const other of texts) {
      expect(await readBack(other)).toEqual({ ok: false, error: { kind: 'no_such_file' } });
    }
    expect(await readOperationsFile(Uint8Array.of(0xff, 0xfe), sha256)).toMatchObject({ ok: false });
  });

  test('of a later version is called so, and fields that are not known yet are no hindrance', async () => {
    const text = await writeOperationsFile(file, sha256);
    const newer = text.replace('"version":1', '"version":2');
    expect(await readBack(newer)).toEqual({ ok: false, error: { kind: 'newer_version' } });
    expect(await readBack(text.replace('"version":1', '"version":1,"colour":"red"'))).toMatchObject({
      ok: true,
      value: { isWhole: true },
    });
  });
});
