import { Writable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChunkCache } from './chunk-cache.ts';
import { LineSink } from './line-sink.ts';
import { SyncStream } from './sync-stream.ts';
import { connect, fixedGrant, ModelDevice } from './testing/model-device.ts';
import { buckets, ModelStore } from './testing/model-store.ts';

const seed = Number(process.env['EVENTKIT_SEED'] ?? 20261122);
const numRuns = 300 * Number(process.env['EVENTKIT_RUNS'] ?? 1);

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
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('entitle' as const), to: fc.subarray(buckets) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constantFrom('reconnect' as const, 'hold' as const, 'go' as const) }),
    },
  ),
  { minLength: 20, maxLength: 120, size: 'max' },
);

test('[SY10] [SY11] [SY14] [SY46] in any interleaving of writes, rights, merging, slow reading and breaks, whatever is called complete is', async () => {
  let completions = 0;
  let movesNeeded = 0;
  let mergedCount = 0;
  let removalCount = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const store = new ModelStore();
      const device = new ModelDevice(store);
      let connection = connect(store, device);
      for (const step of script) {
        if (step.do === 'write') store.write(step.bucket, String(step.row), step.data);
        if (step.do === 'publish') store.publish();
        if (step.do === 'merge') store.merge();
        if (step.do === 'entitle') store.entitle(step.to);
        if (step.do === 'wait') await new Promise((resolve) => setImmediate(resolve));
        if (step.do === 'hold') connection.hold(true);
        if (step.do === 'go') connection.hold(false);
        if (step.do === 'reconnect') {
          await connection.cut();
          connection = connect(store, device);
        }
      }
      connection.hold(false);
      // Something that it is told of, whatever it had a right to.
      store.entitle(buckets);
      store.write('urgent', 'last', 'x');
      store.publish();
      for (let turn = 0; turn < 2000 && device.completed < store.lastOpId; turn += 1)
        await new Promise((resolve) => setImmediate(resolve));
      expect(device.completed).toBe(store.lastOpId);
      completions += 1;
      movesNeeded += store.ops.filter((op) => op.supersededBy !== null).length;
      removalCount += device.removalCount;
      mergedCount += store.ops.filter((op) => op.isMerged).length;
      await connection.cut();
    }),
    { seed, numRuns },
  );
  expect(completions).toBe(numRuns);
  expect(movesNeeded).toBeGreaterThan(numRuns);
  expect(mergedCount).toBeGreaterThan(numRuns);
  expect(removalCount).toBeGreaterThan(numRuns / 10);
});

test('[SY19] a reader that takes nothing is owed two lines at most, however much there is', async () => {
  const store = new ModelStore();
  for (let row = 0; row < 400; row += 1) store.write('stock', String(row), 'x'.repeat(1000));
  store.publish();
  const out = new Writable({ highWaterMark: 1, write: () => undefined });
  const sync = new SyncStream(
    {
      oplog: store.oplog,
      deployment: store.oplog.deployment,
      chunks: new ChunkCache(store.oplog, 0),
      sink: new LineSink(out, 'ndjson', 'identity'),
      grant: fixedGrant([{ name: 'stock', priority: 3, reasons: [] }]),
      writeCheckpoint: () => null,
    },
    new Map(),
  );
  const running = sync.run();
  for (let turn = 0; turn < 500; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(out.writableLength).toBeGreaterThan(0);
  expect(out.writableLength).toBeLessThan(2 * 5000);
  out.destroy();
  sync.end();
  await running;
});

test('[SY13] twenty changes while a reader was busy come as one checkpoint', async () => {
  const store = new ModelStore();
  const device = new ModelDevice(store);
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
