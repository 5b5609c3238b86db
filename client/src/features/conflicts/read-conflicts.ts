import type { ConflictClass } from '@eventkit/shared/ledger/conflict.ts';
import type { ConflictCountRow, ConflictRow, SideRow } from './conflict-queries.ts';

/** A conflict with the facts that caused it, as far as they are on this device. */
export type ShownConflict = ConflictRow & {
  /** What people call the thing: the asset's code, the code that nobody knows, the product of loose pieces or of a line. */
  readonly title: string;
  readonly first: SideRow | null;
  /** The fact that stands. */
  readonly second: SideRow | null;
  readonly settledBy: SideRow | null;
};

export function readConflicts(rows: readonly ConflictRow[], sides: readonly SideRow[]): ShownConflict[] {
  const sideById = new Map<string, SideRow>(sides.map((side) => [side.id, side]));
  const sideOf = (id: string | null) => (id === null ? null : (sideById.get(id) ?? null));
  return rows.map((row) => ({
    ...row,
    title: row.assetCode ?? row.code ?? row.productName ?? row.rowName ?? '?',
    first: sideOf(row.firstMovementId),
    second: sideOf(row.secondMovementId),
    settledBy: sideOf(row.settledByMovementId),
  }));
}

/** The movements that conflicts speak of, as the parameter of `SIDES`. */
export function sidesOf(rows: readonly ConflictRow[]): string {
  const ids = rows.flatMap((row) => [row.firstMovementId, row.secondMovementId, row.settledByMovementId]);
  return JSON.stringify([...new Set(ids.filter((id) => id !== null))].toSorted());
}

/** Open conflicts as the marks of scan outcomes: in two places, unknown, blocked. */
export type SettleCounts = {
  readonly wrong_event: number;
  readonly unknown: number;
  readonly blocked: number;
};

export function settleCounts(rows: readonly ConflictCountRow[]): SettleCounts {
  const count = (...classes: ConflictClass[]) =>
    rows.filter((row) => classes.includes(row.class)).reduce((sum, row) => sum + row.count, 0);
  return {
    wrong_event: count(
      'double_check_out',
      'two_cases',
      'case_in_itself',
      'bulk_short',
      'truck_changed',
      'same_field',
      'deleted_and_edited',
      'label_on_two',
    ),
    unknown: count('unknown_code'),
    blocked: count('blocked_went_out'),
  };
}
