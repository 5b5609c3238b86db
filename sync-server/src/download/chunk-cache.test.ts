import { expect, test } from 'vitest';
import { BucketLog } from '#oplog/bucket-log.ts';
import { Oplog } from '#oplog/oplog.ts';
import { ChunkCache } from './chunk-cache.ts';

function setUp(limitBytes: number) {
  const reads: string[] = [];
  const oplog = new Oplog();
  const bucket = new BucketLog(1, 'b', { ops: 2, bytes: 1_000_000 });
  for (let opId = 1; opId <= 20; opId += 1)
    bucket.append({ opId, table: 't', rowId: `${opId}`, checksum: opId, data: 'x'.repeat(100) });
  const open = () =>
    oplog.open('d', [bucket], 20, async (_, from, to) => {
      reads.push(`${from}-${to}`);
      if (reads.length === 1 && limitBytes === 1) throw new Error('the database is away');
      return { ops: [], dropped: null };
    });
  open();
  const cache = new ChunkCache(oplog, limitBytes);
  const readAll = async () => {
    let position = 0;
    for (let range = bucket.next(position, 20); range !== null; range = bucket.next(position, 20)) {
      await cache.read(bucket, range, 'ndjson', 'identity');
      position = range.to;
    }
  };
  return { reads, cache, readAll, open, bucket };
}

test('[SY19] a line is made once for all who need it, also at the same time', async () => {
  const { reads, readAll } = setUp(1_000_000);
  await Promise.all([readAll(), readAll(), readAll()]);
  expect(reads).toHaveLength(10);
});

test('[SY19] what is kept stays below the limit, and the oldest goes first', async () => {
  const { reads, cache, readAll } = setUp(6000);
  await readAll();
  expect(cache.bytes).toBeLessThanOrEqual(6000);
  // Ten lines of some hundred bytes, and what it takes to keep them.
  expect(cache.bytes).toBeGreaterThan(3 * 1000);
  await readAll();
  expect(reads.length).toBeGreaterThan(10);
});

test.each(['identity', 'gzip', 'zstd'] as const)(
  '[SY19] what is kept as %s holds on to no more memory than is counted',
  async (coding) => {
    for (const framing of ['ndjson', 'bson'] as const) {
      const { cache, bucket } = setUp(1_000_000);
      const range = bucket.next(0, 20);
      if (range === null) throw new Error('nothing to read');
      const { bytes } = await cache.read(bucket, range, framing, coding);
      expect(bytes.buffer.byteLength).toBe(bytes.length);
    }
  },
);

test('a failed reading is not kept', async () => {
  const { cache, bucket } = setUp(1);
  const range = bucket.next(0, 20);
  if (range === null) throw new Error('nothing to read');
  await expect(cache.read(bucket, range, 'ndjson', 'identity')).rejects.toThrow('away');
  await expect(cache.read(bucket, range, 'ndjson', 'identity')).resolves.toBeDefined();
});

test('nothing is kept of a memory that was filled anew', async () => {
  const { reads, readAll, open } = setUp(1_000_000);
  await readAll();
  open();
  await readAll();
  expect(reads).toHaveLength(20);
});
