import { deserialize } from 'bson';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeDataLine } from './encode-data-line.ts';

const seed = Number(process.env['EVENTKIT_SEED'] ?? 20261122);
const text = fc.string({ unit: 'binary' });
const checksum = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const ops = fc
  .array(fc.tuple(text, text, checksum, fc.option(text), fc.integer({ min: 1, max: 1000 })), {
    maxLength: 20,
  })
  .map((entries) => {
    let opId = 0;
    return entries.map(([table, rowId, sum, data, step]) => {
      opId += step * 2;
      return { opId, table, rowId, checksum: sum, data };
    });
  });
const dropped = fc.option(
  fc.record({
    opId: fc.integer({ min: 0, max: 20_000 }).map((n) => 2 * n + 1),
    checksum,
    supersededBy: fc.constant(99_999),
  }),
);

test('[SY4] [SY5] both framings carry the same line, in order, whatever the text', () => {
  fc.assert(
    fc.property(ops, dropped, text, (list, gone, bucket) => {
      const place = { bucket, after: 0, nextAfter: 7 };
      const range = { ops: list, dropped: gone };
      const plain = encodeDataLine('ndjson', place, range).toString();
      expect(plain.indexOf('\n')).toBe(plain.length - 1);
      const line = JSON.parse(plain) as { data: { bucket: string; data: { op_id: string }[] } };
      const bytes = encodeDataLine('bson', place, range);
      expect(bytes.readInt32LE(0)).toBe(bytes.length);
      expect(JSON.parse(JSON.stringify(deserialize(bytes)))).toEqual(JSON.parse(JSON.stringify(line)));
      const ids = line.data.data.map((op) => Number(op.op_id));
      expect(ids).toEqual(ids.toSorted((a, b) => a - b));
      expect(ids).toHaveLength(list.length + (gone === null ? 0 : 1));
    }),
    { seed },
  );
});
