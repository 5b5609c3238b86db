import { createClient } from '@connectrpc/connect';
import { type TrashItem, TrashKind, TrashService } from '@eventkit/proto/gen/eventkit/v1/trash_pb.ts';
import { type Instant, instantOfMicros } from '@eventkit/shared/kernel/instant.ts';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';

export type ShownItem = {
  readonly id: string;
  readonly kind: 'product' | 'asset' | 'event' | 'storage_location';
  readonly name: string;
  readonly withCount: number;
  readonly deletedAt: Instant;
  readonly deletedBy: string;
  readonly purgedAt: Instant;
  /** Null: it is in the trash. */
  readonly cameBackAt: Instant | null;
  readonly wasEditedSince: boolean;
};

/** What is in the trash, by pages, and the way back. */
export function useTrash(isEnabled: boolean) {
  const { transport } = usePlatform().rpc;
  const client = useMemo(() => createClient(TrashService, transport), [transport]);
  const queries = useQueryClient();
  const list = useInfiniteQuery({
    queryKey: ['trash'],
    enabled: isEnabled,
    staleTime: 0,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => client.listTrash({ pageToken: pageParam }, { signal }),
    getNextPageParam: ({ nextPageToken }) => (nextPageToken === '' ? undefined : nextPageToken),
    select: ({ pages }) => ({
      trashDays: pages[0]?.trashDays ?? 0,
      items: pages.flatMap((page) => page.items.map(shown)),
    }),
  });
  const restore = useMutation({
    mutationFn: (item: ShownItem) => client.restoreRecord({ itemId: item.id }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['trash'] }),
  });
  return { list, restore };
}

const kinds: Readonly<Partial<Record<TrashKind, ShownItem['kind']>>> = {
  [TrashKind.PRODUCT]: 'product',
  [TrashKind.ASSET]: 'asset',
  [TrashKind.EVENT]: 'event',
  [TrashKind.STORAGE_LOCATION]: 'storage_location',
};

function shown({ kind, deletedAtMicros, purgedAtMicros, cameBackAtMicros, ...item }: TrashItem): ShownItem {
  return {
    ...item,
    kind: kinds[kind] ?? 'asset',
    deletedAt: instantOfMicros(deletedAtMicros),
    purgedAt: instantOfMicros(purgedAtMicros),
    cameBackAt: cameBackAtMicros === undefined ? null : instantOfMicros(cameBackAtMicros),
  };
}
