import { createClient } from '@connectrpc/connect';
import { AuditService } from '@eventkit/proto/gen/eventkit/v1/audit_pb.ts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { readChange } from './read-changes.ts';

/** Changes by pages, the newest first; `tableName` empty for those of every kind. */
export function useChanges(tableName: string, isEnabled: boolean) {
  const { transport } = usePlatform().rpc;
  const audit = useMemo(() => createClient(AuditService, transport), [transport]);
  return useInfiniteQuery({
    queryKey: ['changes', tableName],
    enabled: isEnabled,
    staleTime: 0,
    placeholderData: keepPreviousData,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => audit.listChanges({ pageToken: pageParam, tableName }, { signal }),
    getNextPageParam: ({ nextPageToken }) => (nextPageToken === '' ? undefined : nextPageToken),
    select: ({ pages }) => pages.flatMap((page) => page.changes.map(readChange)),
  });
}
