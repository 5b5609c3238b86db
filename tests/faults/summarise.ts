import type { MatrixRun } from './partition-matrix.ts';

/** The figures of many runs: how many of them ended how, and how long healing took. */
export function summariseMatrix(runs: readonly MatrixRun[]) {
  const count = (kind: string) => runs.filter(({ ending }) => ending.kind === kind).length;
  const well = runs.flatMap(({ ending }) => (ending.kind === 'well' ? [ending] : []));
  const healed = well.map(({ healedAfterMs }) => healedAfterMs).toSorted((a, b) => a - b);
  return {
    runs: runs.length,
    well: well.length,
    stuck: count('stuck'),
    divergent: count('divergent'),
    lost: count('lost'),
    broken: count('broken'),
    operations: well.reduce((sum, { operations }) => sum + operations, 0),
    conflicts: well.reduce((sum, { conflicts }) => sum + conflicts, 0),
    partitions: runs.reduce((sum, { partitions }) => sum + partitions, 0),
    healedMsMedian: healed[Math.floor(healed.length / 2)] ?? null,
    healedMsMost: healed.at(-1) ?? null,
  };
}
