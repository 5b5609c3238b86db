import { afterAll, beforeAll, expect, test } from 'vitest';
import { partitionCells, runMatrix } from './partition-matrix.ts';
import { type RealServer, startRealServer } from './real-server.ts';
import { summariseMatrix } from './summarise.ts';

/** `npm run faults -- matrix` runs all 240 of them, and longer ones. */
const SCALE = 50;
const CELLS = [2, 21, 34, 50];

let server: RealServer;
beforeAll(async () => {
  server = await startRealServer();
});
afterAll(() => server[Symbol.asyncDispose]());

test('I1 I2 I3 I4 I6 I7 hold between real processes, whichever way the line between them is cut', async () => {
  const all = [...partitionCells(SCALE, false), ...partitionCells(SCALE, true)];
  const runs = await runMatrix(server, {
    cells: CELLS.map((index) => all[index]).filter((cell) => cell !== undefined),
    repeats: 1,
    atOnce: CELLS.length,
    seed: 'pinned',
    onRun: () => undefined,
  });
  expect(runs.filter(({ ending }) => ending.kind !== 'well')).toEqual([]);
  const { operations, partitions } = summariseMatrix(runs);
  expect(operations).toBeGreaterThan(50);
  expect(partitions).toBeGreaterThan(10);
}, 300_000);
