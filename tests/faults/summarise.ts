import type { KillOutcome } from './kill-run.ts';
import type { MatrixRun } from './partition-matrix.ts';

/** The figures of many runs: how many of them ended how, and how long healing took. */
export function summariseMatrix(runs: readonly MatrixRun[]) {
  const count = (kind: string) => runs.filter(({ ending }) => ending.kind === kind).length;
  const well = runs.flatMap(({ ending }) => (ending.kind === 'well' ? [ending] : []));
  return {
    runs: runs.length,
    well: well.length,
    late: count('late'),
    stuck: count('stuck'),
    divergent: count('divergent'),
    lost: count('lost'),
    broken: count('broken'),
    operations: well.reduce((sum, { operations }) => sum + operations, 0),
    conflicts: well.reduce((sum, { conflicts }) => sum + conflicts, 0),
    partitions: runs.reduce((sum, { partitions }) => sum + partitions, 0),
    ...summariseHealing(well.map(({ healedAfterMs }) => healedAfterMs)),
  };
}

/** How long healing took; null where nothing healed. */
export function summariseHealing(healedMs: readonly number[]): HealingFigures {
  const sorted = healedMs.toSorted((a, b) => a - b);
  return {
    healedMsMedian: sorted[Math.floor(sorted.length / 2)] ?? null,
    healedMsMost: sorted.at(-1) ?? null,
  };
}

export type HealingFigures = { readonly healedMsMedian: number | null; readonly healedMsMost: number | null };

/** How often what was struck, and that nothing came of it. */
export function summariseKills(outcomes: readonly KillOutcome[]) {
  const strikes = (victim: KillOutcome['victim']) =>
    outcomes.filter((outcome) => outcome.victim === victim).reduce((sum, { rounds }) => sum + rounds, 0);
  return {
    runs: outcomes.length,
    well: outcomes.filter(({ ending }) => ending.kind === 'well').length,
    lost: outcomes.filter(({ ending }) => ending.kind === 'lost').length,
    acknowledged: outcomes.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    serverKills: strikes('server'),
    databaseKills: strikes('database'),
    slotDrops: strikes('slot'),
  };
}
