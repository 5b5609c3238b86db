import { createPool } from '@eventkit/database/pool.ts';
import { createTestDatabase, type TestDatabase } from '@eventkit/database/testing/test-database.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunReport, runSimulation, type World } from './run-simulation.ts';
import { startSimulatedServer } from './simulated-server.ts';

/*
 * EVENTKIT_SEED=<seed> replays one seed; EVENTKIT_RUNS=<n> runs n times as many. A seed that failed once becomes a
 * line of its own here.
 */
const PINNED_SEEDS = ['1', '2', '3', '4', '5'];
const SCALE = { devices: 10, actsPerDevice: 25 };

const { EVENTKIT_SEED: replayed, EVENTKIT_RUNS: times = '1' } = process.env;
const more = Array.from({ length: PINNED_SEEDS.length * (Number(times) - 1) }, (_, index) => `more ${index}`);
const seeds = replayed === undefined ? [...PINNED_SEEDS, ...more] : [replayed];

let database: TestDatabase;
let world: World;
const reports: RunReport[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const ownerPool = createPool({
    url: database.ownerUrl,
    role: 'owner',
    max: 4,
    applicationName: 'simulation',
  });
  world = { ownerPool, server: await startSimulatedServer(database.ownerUrl) };
});
afterAll(async () => {
  await world.server.stop();
  await world.ownerPool.end();
  await database.drop();
});

describe('ten devices in bad weather', () => {
  test.each(seeds)('I1 I2 I3 I4 I6 I7 hold with seed %s', async (seed) => {
    const report = await runSimulation(world, seed, SCALE);
    reports.push(report);
    // One line for each run, so that a long one can be watched and a seed be looked up.
    console.info(`seed ${seed}: ${JSON.stringify(report)}`);
    expect(report.operationCount).toBeGreaterThan(200);
  });

  afterAll(() => {
    if (replayed !== undefined) return;
    const total = (key: keyof RunReport) => reports.reduce((sum, report) => sum + report[key], 0);
    for (const key of [
      'conflictCount',
      'photoCount',
      'fillingCount',
      'requestsLost',
      'answersLost',
      'repeats',
      'streamsCut',
      'partitions',
      'kills',
      'serverRestarts',
      'databaseCuts',
    ] as const) {
      expect(total(key), `${key} over all runs`).toBeGreaterThan(0);
    }
  });
});
