import { createClient } from '@connectrpc/connect';
import { NotificationService } from '@eventkit/proto/gen/eventkit/v1/notifications_pb.ts';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { usePlatform, useSession, useSyncState } from '#platform/live/replica-context.tsx';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import {
  answeredReads,
  mergeReads,
  NOTIFICATIONS,
  type Notification,
  type NotificationRow,
} from './notification.ts';
import { openPendingReads, type PendingReads } from './pending-reads.ts';
import { sendReads } from './send-reads.ts';

export type Notifications = {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly all: readonly Notification[];
  readonly unreadCount: number;
  /** Kept on the device at once; sent now or when the server is there again. */
  setRead(these: readonly Notification[], isRead: boolean): void;
};

/** What the person was told, with what they have read on this device. */
export function useNotifications(): Notifications {
  const { userId } = useSession();
  const { transport } = usePlatform().rpc;
  const { mode } = useSyncState();
  const { rows, status } = useLiveQuery<NotificationRow>(NOTIFICATIONS, [userId]);
  const pending = pendingReadsOf(userId);
  const reads = useSyncExternalStore(pending.subscribe, pending.current);
  const all = useMemo(() => mergeReads(rows, reads), [rows, reads]);

  useEffect(() => {
    const answered = status === 'ready' ? answeredReads(rows, reads) : [];
    if (answered.length > 0) pending.drop(answered);
  }, [rows, reads, status, pending]);

  const waits = reads.some(({ isSent }) => !isSent);
  const isReachable = mode !== 'offline' && mode !== 'held' && mode !== 'unreachable';
  useEffect(() => {
    if (waits && isReachable) void sendReads(pending, createClient(NotificationService, transport));
  }, [waits, isReachable, pending, transport]);

  return {
    status,
    all,
    unreadCount: all.filter(({ isRead }) => !isRead).length,
    setRead: (these, isRead) => pending.put(these.map(({ id, readAt }) => ({ id, isRead, saw: readAt }))),
  };
}

const opened = new Map<string, PendingReads>();

/** One for all who ask on this page: the count in the bar falls with what is read on the screen. */
function pendingReadsOf(userId: string): PendingReads {
  const known = opened.get(userId) ?? openPendingReads(localStorage, userId);
  opened.set(userId, known);
  return known;
}
