import { createClient } from '@connectrpc/connect';
import { AuditService } from '@eventkit/proto/gen/eventkit/v1/audit_pb.ts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { readChange } from './read-changes.ts';

/** Which changes: `tableName` empty for those of every kind, `rowId` for those of every record of the kind. */
export type ChangesAsked = { readonly tableName: string; readonly rowId: string };

/** Changes by pages, the newest first. */
export function useChanges({ tableName, rowId }: ChangesAsked, isEnabled: boolean) {
  const { transport } = usePlatform().rpc;
  const audit = useMemo(() => createClient(AuditService, transport), [transport]);
  return useInfiniteQuery({
    queryKey: ['changes', tableName, rowId],
    enabled: isEnabled,
    staleTime: 0,
    placeholderData: keepPreviousData,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      audit.listChanges({ pageToken: pageParam, tableName, rowId }, { signal }),
    getNextPageParam: ({ nextPageToken }) => (nextPageToken === '' ? undefined : nextPageToken),
    select: ({ pages }) => pages.flatMap((page) => page.changes.map(readChange)),
  });
}
