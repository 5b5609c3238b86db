import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import { useMemo } from 'react';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import {
  type LineRow,
  OUT_AT_EVENT,
  type OutPiecesRow,
  type OutRow,
  PIECES_OUT_AT_EVENT,
  PULL_LIST_LINES,
  WHEREABOUTS,
  type WhereaboutsRow,
} from './pull-list-queries.ts';
import { type PullList, readPullList } from './read-pull-list.ts';

/** An event's pull list as it stands on this device, own pending scans included; null while it is being read. */
export function usePullList(eventId: EventId): PullList | null {
  const lines = useLiveQuery<LineRow>(PULL_LIST_LINES, [eventId]);
  const out = useLiveQuery<OutRow>(OUT_AT_EVENT, [eventId, eventId, eventId]);
  const pieces = useLiveQuery<OutPiecesRow>(PIECES_OUT_AT_EVENT, [eventId]);
  // What lies where is asked for missing products only: a complete list reads nothing more.
  const missingProducts = useMemo(
    () =>
      readPullList(eventId, lines.rows, out.rows, pieces.rows, [])
        .lines.filter((line) => line.missingCount > 0)
        .map((line) => line.productId),
    [eventId, lines.rows, out.rows, pieces.rows],
  );
  const whereabouts = useLiveQuery<WhereaboutsRow>(WHEREABOUTS, [
    JSON.stringify([...new Set(missingProducts)].toSorted()),
  ]);
  const isReady = lines.status === 'ready' && out.status === 'ready' && pieces.status === 'ready';
  return useMemo(
    () => (isReady ? readPullList(eventId, lines.rows, out.rows, pieces.rows, whereabouts.rows) : null),
    [isReady, eventId, lines.rows, out.rows, pieces.rows, whereabouts.rows],
  );
}
