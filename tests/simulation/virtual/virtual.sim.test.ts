import { describe, expect, test } from 'vitest';
import { readFailedSeeds } from './failed-seeds.ts';
import { printFigures } from './print-figures.ts';
import type { VirtualReport } from './run-virtual.ts';
import { simulate } from './simulate.ts';

/*
 * EVENTKIT_SEED=<seed> replays one seed; EVENTKIT_RUNS=<n> runs n times as many. `npm run simulate` runs as many as one
 * likes and keeps what fails in failed-seeds.json.
 */
const { EVENTKIT_SEED: replayed, EVENTKIT_RUNS: times = '1' } = process.env;
const SEEDS = 300;
const OPERATIONS_AT_LEAST = 280_000;
/** On a machine that does other things as well. */
const TIME_OUT_MS = 1_800_000;

describe('whole companies on virtual time', () => {
  test.runIf(replayed === undefined)(
    'I1 to I12 hold in every run',
    async () => {
      const figures = await simulate({
        seeds: SEEDS * Number(times),
        onReport({ seed, violations }) {
          if (violations.length > 0) console.error(`npm run simulate -- --seed ${seed}`, violations);
          return undefined;
        },
      });
      printFigures(figures);
      expect(figures.failed).toEqual([]);
      expect(figures.operations).toBeGreaterThanOrEqual(OPERATIONS_AT_LEAST * Number(times));
      expect(figures.conflicts).toBeGreaterThan(figures.operations / 50);
      for (const [name, count] of Object.entries(figures.faults)) expect(count, name).toBeGreaterThan(0);
    },
    TIME_OUT_MS,
  );

  test('seeds that failed once hold', async () => {
    const seeds = replayed === undefined ? (await readFailedSeeds()).map(({ seed }) => seed) : [replayed];
    expect(seeds.length).toBeGreaterThan(0);
    expect((await simulate({ seeds })).failed).toEqual([]);
  });

  test('a seed does the same each time, whatever ran before it', async () => {
    const hashesOf = async (seeds: readonly string[]) => {
      const reports: VirtualReport[] = [];
      await simulate({
        seeds,
        threads: 1,
        onReport(report) {
          reports.push(report);
          return undefined;
        },
      });
      return new Map(reports.map(({ seed, traceHash }) => [seed, traceHash]));
    };
    const seeds = ['1', '2', '3', '4'];
    const once = await hashesOf(seeds);
    expect(await hashesOf(seeds.toReversed())).toEqual(new Map([...once].toReversed()));
    expect(new Set(once.values()).size).toBe(seeds.length);
  });
});
