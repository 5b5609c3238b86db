import type { OperationId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Asset } from '@eventkit/shared/ledger/asset.ts';
import type { Conflict } from '@eventkit/shared/ledger/conflict.ts';
import type { Movement } from '@eventkit/shared/ledger/movement.ts';
import type { SubjectRow } from '@eventkit/shared/operations/subject-state.ts';
import type { Effects } from '@eventkit/shared/operations/working-set.ts';

/** Whose operation changes a row. */
export type Cause = { readonly operationId: OperationId; readonly recordedBy: UserId };

export type Change<Row> = { readonly row: Row; readonly cause: Cause };

/** Changes of different rows, which may be written at once. */
export type Wave = {
  readonly assets: Change<Asset>[];
  /** Movements that turned out to be about another asset. */
  readonly retargeted: Change<Movement>[];
  readonly conflicts: Change<Conflict>[];
  readonly vanishedConflicts: Change<Conflict>[];
  readonly subjectRows: Change<SubjectRow>[];
};

/**
 * Groups what a batch of operations changes into as few waves as possible, so that no wave holds two changes of one
 * row: the audit trail then shows what each operation did, and rows still go to the database in bulk.
 */
export function planWaves(decided: readonly { cause: Cause; effects: Effects }[]): readonly Wave[] {
  const waves: Wave[] = [];
  const changeCountByRow = new Map<string, number>();

  function nextWaveOf(rowId: string): Wave {
    const index = changeCountByRow.get(rowId) ?? 0;
    changeCountByRow.set(rowId, index + 1);
    const wave = waves[index] ?? {
      assets: [],
      retargeted: [],
      conflicts: [],
      vanishedConflicts: [],
      subjectRows: [],
    };
    waves[index] = wave;
    return wave;
  }

  for (const { cause, effects } of decided) {
    for (const row of effects.assets) nextWaveOf(row.id).assets.push({ row, cause });
    for (const { movement } of effects.retargeted) {
      nextWaveOf(`movements ${movement.id}`).retargeted.push({ row: movement, cause });
    }
    // One that vanishes from an asset and stands at another, whose label it was, is one change of one row.
    const standing = new Set(effects.conflicts.map(({ id }) => id));
    for (const row of effects.vanishedConflicts) {
      if (!standing.has(row.id)) nextWaveOf(row.id).vanishedConflicts.push({ row, cause });
    }
    for (const row of effects.subjectRows) {
      nextWaveOf(`${row.table} ${row.row.id}`).subjectRows.push({ row, cause });
    }
    for (const row of effects.conflicts) nextWaveOf(row.id).conflicts.push({ row, cause });
  }
  return waves;
}
