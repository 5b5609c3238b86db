import { useMemo } from 'react';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import {
  CONFLICT_BY_ID,
  type ConflictCountRow,
  type ConflictRow,
  OPEN_CONFLICT_COUNTS,
  OPEN_CONFLICTS,
  SETTLED_CONFLICTS,
  SIDES,
  type SideRow,
} from './conflict-queries.ts';
import {
  readConflicts,
  type SettleCounts,
  type ShownConflict,
  settleCounts,
  sidesOf,
} from './read-conflicts.ts';

export type ConflictList = {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly conflicts: readonly ShownConflict[];
};

export function useOpenConflicts(): ConflictList {
  return useShown(useLiveQuery<ConflictRow>(OPEN_CONFLICTS));
}

export function useSettledConflicts(): ConflictList {
  return useShown(useLiveQuery<ConflictRow>(SETTLED_CONFLICTS));
}

export function useConflict(id: string): ConflictList {
  return useShown(useLiveQuery<ConflictRow>(CONFLICT_BY_ID, [id]));
}

/** How many are open, by the mark they wear. */
export function useSettleCounts(): SettleCounts {
  const { rows } = useLiveQuery<ConflictCountRow>(OPEN_CONFLICT_COUNTS);
  return useMemo(() => settleCounts(rows), [rows]);
}

function useShown(query: {
  readonly rows: readonly ConflictRow[];
  readonly status: ConflictList['status'];
}): ConflictList {
  const { rows, status } = query;
  const sides = useLiveQuery<SideRow>(
    SIDES,
    useMemo(() => [sidesOf(rows)], [rows]),
  );
  return useMemo(() => ({ status, conflicts: readConflicts(rows, sides.rows) }), [status, rows, sides.rows]);
}
