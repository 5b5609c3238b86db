import { Writable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BucketLog } from '#oplog/bucket-log.ts';
import { addChecksums, type LoggedOp } from '#oplog/operation-log.ts';
import { Oplog } from '#oplog/oplog.ts';
import type { Line } from '#testing/raw-reader.ts';
import { checkpointsOf, type SeenOp } from '#testing/read-lines.ts';
import { ChunkCache } from './chunk-cache.ts';
import { LineSink } from './line-sink.ts';
import { SyncStream } from './sync-stream.ts';

const seed = Number(process.env['EVENTKIT_SEED'] ?? 20261122);
const numRuns = 300 * Number(process.env['EVENTKIT_RUNS'] ?? 1);
const buckets = ['urgent', 'stock'];

type StoredOp = LoggedOp & { bucket: string; supersededBy: number | null; isMerged: boolean };

/** The database and the writer in one: what is committed is seen by range reads before it is published. */
class Store {
  readonly oplog = new Oplog();
  readonly ops: StoredOp[] = [];
  readonly statesByHead = new Map<number, string>([[0, '{}']]);
  readonly #unpublished: {
    forks: Map<string, BucketLog>;
    superseded: { bucket: string; opId: number; count: number }[];
  } = {
    forks: new Map(),
    superseded: [],
  };

  constructor() {
    this.oplog.open('d', [], 0, async (bucketId, from, to) => {
      // As far away as a database is: whatever is ready to run may run first.
      await new Promise((resolve) => setImmediate(resolve));
      const name = buckets[bucketId] ?? '';
      const found = this.ops.filter((op) => op.bucket === name && op.opId > from && op.opId <= to);
      const gone = found.filter((op) => op.supersededBy !== null);
      const last = gone.at(-1);
      return {
        ops: found.filter((op) => op.supersededBy === null),
        dropped:
          last === undefined
            ? null
            : {
                opId: last.opId,
                checksum: gone.reduce((sum, op) => addChecksums(sum, op.checksum), 0),
                // Nothing tells what superseded a row that is gone.
                supersededBy: Math.max(...gone.map((op) => (op.isMerged ? 0 : (op.supersededBy ?? 0)))),
              },
        isMerged: gone.some((op) => op.isMerged),
      };
    });
  }

  write(bucket: string, rowId: string, data: string | null): void {
    const opId = this.ops.length + 1;
    const old = this.ops.findLast((op) => op.bucket === bucket && op.rowId === rowId);
    const op: StoredOp = {
      opId,
      table: bucket,
      rowId,
      data,
      bucket,
      checksum: (opId * 2654435761) >>> 0,
      supersededBy: null,
      isMerged: false,
    };
    this.ops.push(op);
    const { forks, superseded } = this.#unpublished;
    const fork =
      forks.get(bucket) ??
      this.oplog.bucket(bucket)?.fork() ??
      new BucketLog(buckets.indexOf(bucket), bucket, { ops: 4, bytes: 1_000_000 });
    forks.set(bucket, fork);
    fork.append(op);
    if (old !== undefined) {
      old.supersededBy = opId;
      superseded.push({ bucket, opId: old.opId, count: 1 });
    }
  }

  /** As compaction does, of what is published. */
  merge(): void {
    for (const bucket of buckets) {
      const log = this.oplog.bucket(bucket);
      if (log === null) continue;
      const upTo = this.oplog.announceMerge(log);
      for (const op of this.ops)
        if (op.bucket === bucket && (op.supersededBy ?? Infinity) <= upTo) op.isMerged = true;
    }
  }

  publish(): void {
    const head = this.ops.length;
    this.statesByHead.set(head, JSON.stringify(this.#rows()));
    const { forks, superseded } = this.#unpublished;
    this.oplog.publish([...forks.values()], superseded.splice(0), head);
    forks.clear();
  }

  #rows(): Record<string, string> {
    const live = this.ops.filter((op) => op.supersededBy === null && op.data !== null);
    return Object.fromEntries(live.map((op) => [`${op.bucket}/${op.rowId}`, op.data ?? '']).toSorted());
  }
}

/** A device as the protocol knows it: sums what it is sent, and shows rows at complete checkpoints. */
class Device {
  readonly positions = new Map<string, number>();
  completed = 0;
  checkpointCount = 0;
  readonly #sums = new Map<string, number>();
  readonly #rows = new Map<string, string>();
  #target = new Map<string, number>();
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  take(line: Line): void {
    const [checkpoint] = checkpointsOf([line]);
    if (checkpoint !== undefined) {
      this.checkpointCount += 1;
      if ('checkpoint' in line) this.#target = new Map();
      for (const bucket of checkpoint.buckets) this.#target.set(bucket.bucket, bucket.checksum);
    }
    if ('data' in line) {
      const { bucket, data } = line['data'] as { bucket: string; data: SeenOp[] };
      for (const op of data) {
        expect(Number(op.op_id)).toBeGreaterThan(this.positions.get(bucket) ?? 0);
        this.#sums.set(bucket, addChecksums(this.#sums.get(bucket) ?? 0, op.checksum));
        this.positions.set(bucket, Number(op.op_id));
        if (op.op === 'PUT') this.#rows.set(`${bucket}/${op.object_id}`, op.data ?? '');
        if (op.op === 'REMOVE') this.#rows.delete(`${bucket}/${op.object_id}`);
      }
    }
    if ('checkpoint_complete' in line) {
      const head = Number((line['checkpoint_complete'] as { last_op_id: string }).last_op_id);
      for (const [bucket, sum] of this.#target) expect(this.#sums.get(bucket) ?? 0).toBe(sum);
      expect(JSON.stringify(Object.fromEntries([...this.#rows].toSorted()))).toBe(
        this.#store.statesByHead.get(head),
      );
      for (const bucket of buckets) this.positions.set(bucket, head);
      this.completed = head;
    }
  }
}

function connect(store: Store, device: Device) {
  let rest = '';
  let isSlow = false;
  let release: (() => void) | null = null;
  const out = new Writable({
    highWaterMark: 1,
    write(bytes: Buffer, _, done) {
      rest += bytes.toString();
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) device.take(JSON.parse(line) as Line);
      if (isSlow) release = done;
      else setImmediate(done);
    },
  });
  const sync = new SyncStream({
    oplog: store.oplog,
    chunks: new ChunkCache(store.oplog, 2000),
    sink: new LineSink(out, 'ndjson', 'identity'),
    grant: {
      streams: [{ name: 's', isDefault: true }],
      buckets: buckets.map((name, priority) => ({ name, priority, reasons: [{ default: 0 }] })),
    },
    positions: new Map(device.positions),
    writeCheckpoint: () => null,
  });
  const stop = store.oplog.listen({ bucketChanged: () => sync.notify() }, buckets);
  const running = sync.run();
  return {
    hold(slow: boolean) {
      isSlow = slow;
      if (slow) return;
      const go = release;
      release = null;
      go?.();
    },
    async cut() {
      stop();
      out.destroy();
      sync.end();
      await running;
    },
  };
}

const steps = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('write' as const),
        bucket: fc.constantFrom(...buckets),
        row: fc.integer({ min: 0, max: 9 }),
        data: fc.constantFrom('x', 'y', 'z', null),
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('publish' as const, 'wait' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('merge' as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constantFrom('reconnect' as const, 'hold' as const, 'go' as const) }),
    },
  ),
  { minLength: 20, maxLength: 120, size: 'max' },
);

test('[SY10] [SY11] [SY14] in any interleaving of writes, merging, slow reading and breaks, whatever is called complete is', async () => {
  let completions = 0;
  let movesNeeded = 0;
  let mergedCount = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const store = new Store();
      const device = new Device(store);
      let connection = connect(store, device);
      for (const step of script) {
        if (step.do === 'write') store.write(step.bucket, String(step.row), step.data);
        if (step.do === 'publish') store.publish();
        if (step.do === 'merge') store.merge();
        if (step.do === 'wait') await new Promise((resolve) => setImmediate(resolve));
        if (step.do === 'hold') connection.hold(true);
        if (step.do === 'go') connection.hold(false);
        if (step.do === 'reconnect') {
          await connection.cut();
          connection = connect(store, device);
        }
      }
      connection.hold(false);
      store.publish();
      for (let turn = 0; turn < 2000 && device.completed < store.ops.length; turn += 1)
        await new Promise((resolve) => setImmediate(resolve));
      expect(device.completed).toBe(store.ops.length);
      completions += 1;
      movesNeeded += store.ops.filter((op) => op.supersededBy !== null).length;
      mergedCount += store.ops.filter((op) => op.isMerged).length;
      await connection.cut();
    }),
    { seed, numRuns },
  );
  expect(completions).toBe(numRuns);
  expect(movesNeeded).toBeGreaterThan(numRuns);
  expect(mergedCount).toBeGreaterThan(numRuns);
});

test('[SY19] a reader that takes nothing is owed two lines at most, however much there is', async () => {
  const store = new Store();
  for (let row = 0; row < 400; row += 1) store.write('stock', String(row), 'x'.repeat(1000));
  store.publish();
  const out = new Writable({ highWaterMark: 1, write: () => undefined });
  const sync = new SyncStream({
    oplog: store.oplog,
    chunks: new ChunkCache(store.oplog, 0),
    sink: new LineSink(out, 'ndjson', 'identity'),
    grant: { streams: [], buckets: [{ name: 'stock', priority: 3, reasons: [] }] },
    positions: new Map(),
    writeCheckpoint: () => null,
  });
  const running = sync.run();
  for (let turn = 0; turn < 500; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(out.writableLength).toBeGreaterThan(0);
  expect(out.writableLength).toBeLessThan(2 * 5000);
  out.destroy();
  sync.end();
  await running;
});

test('[SY13] twenty changes while a reader was busy come as one checkpoint', async () => {
  const store = new Store();
  const device = new Device(store);
  const connection = connect(store, device);
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  connection.hold(true);
  for (let change = 0; change < 20; change += 1) {
    store.write('stock', String(change), `change ${change}`);
    store.publish();
    for (let wait = 0; wait < 5; wait += 1) await turn();
  }
  const before = device.checkpointCount;
  connection.hold(false);
  while (device.completed < 20) await turn();
  // One may have been on its way already.
  expect(device.checkpointCount - before).toBeLessThanOrEqual(2);
  await connection.cut();
});
