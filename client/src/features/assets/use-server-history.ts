import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { usePlatform, useSyncState } from '#platform/live/replica-context.tsx';
import { failureOf } from '#platform/rpc/failure-of.ts';
import { mergeHistory } from './merge-history.ts';
import type { HistoryEntry } from './read-history.ts';
import { readServerHistory } from './read-server-history.ts';

/** What can be said below the history of this device. */
export type ServerHistoryState =
  | { readonly kind: 'offline' | 'held' | 'unreachable' }
  /** There is more, perhaps. */
  | { readonly kind: 'offered'; readonly isFirst: boolean; fetch(): void }
  | { readonly kind: 'fetching' }
  | { readonly kind: 'failed' | 'sign_in'; retry(): void }
  /** The beginning of the ledger is shown. */
  | { readonly kind: 'complete' };

/** The history of a thing on this device, and at a person's wish page after page of what only the server has. */
export function useServerHistory(
  assetId: AssetId,
  ours: readonly HistoryEntry[],
): { readonly entries: readonly HistoryEntry[]; readonly state: ServerHistoryState } {
  const { rpc, replica } = usePlatform();
  const { mode } = useSyncState();
  const [isWanted, setWanted] = useState(false);
  const query = useInfiniteQuery({
    queryKey: ['history', assetId],
    enabled: isWanted,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const ourIds = new Set(ours.map(({ id }) => id));
      const from = { assetId, pageToken: pageParam, knows: ourIds.has.bind(ourIds) };
      return readServerHistory({ scanning: rpc.scanning, replica }, from, signal);
    },
    getNextPageParam: ({ nextPageToken }) => nextPageToken,
  });
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = query;
  const entries = useMemo(
    () => mergeHistory(ours, data?.pages.flatMap((page) => page.entries) ?? []),
    [ours, data],
  );

  const goOn = () => void (data ? fetchNextPage() : refetch());
  return { entries, state: stateNow() };

  function stateNow(): ServerHistoryState {
    if (data && !hasNextPage) return { kind: 'complete' };
    if (isFetching) return { kind: 'fetching' };
    if (mode === 'offline' || mode === 'held' || mode === 'unreachable') return { kind: mode };
    if (error) {
      const { tag } = failureOf(error);
      return { kind: tag === 'unauthenticated' ? 'sign_in' : 'failed', retry: goOn };
    }
    return { kind: 'offered', isFirst: !data, fetch: data ? goOn : () => setWanted(true) };
  }
}
