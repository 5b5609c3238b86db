import { createClient } from '@connectrpc/connect';
import { DashboardService } from '@eventkit/proto/gen/eventkit/v1/dashboards_pb.ts';
import { type Instant, instantOfMicros, laterOf, microsOf } from '@eventkit/shared/kernel/instant.ts';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { nowForDisplay } from '#i18n/format.ts';
import { usePlatform, useSession, useSyncState } from '#platform/live/replica-context.tsx';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { LAYOUTS, type Layout, type LayoutRow, layoutOfRow, mergeLayouts } from './layout.ts';
import { openPendingLayouts } from './pending-layouts.ts';
import { sendLayouts } from './send-layouts.ts';

export type Layouts = {
  readonly all: readonly Layout[];
  readonly shown: Layout;
  show(key: string): void;
  /** Kept on the device at once; sent now or when the server is there again. */
  save(layout: Layout): void;
  remove(layout: Layout): void;
};

/** The person's layouts, with what this device has changed and the server has not given back yet. */
export function useLayouts(): Layouts & { readonly isReady: boolean } {
  const { userId } = useSession();
  const { transport } = usePlatform().rpc;
  const { mode } = useSyncState();
  const { rows, status } = useLiveQuery<LayoutRow>(LAYOUTS, [userId]);
  const pending = useMemo(() => openPendingLayouts(localStorage, userId), [userId]);
  const changes = useSyncExternalStore(pending.subscribe, pending.current);
  const all = useMemo(() => mergeLayouts(rows.map(layoutOfRow), changes), [rows, changes]);
  const [shownKey, setShownKey] = useState(() => localStorage.getItem(shownPlace(userId)));
  const shown = all.find(({ key }) => key === shownKey) ?? (all[0] as Layout);

  const waits = changes.some(({ standsAt }) => standsAt === null);
  const isReachable = mode !== 'offline' && mode !== 'held' && mode !== 'unreachable';
  useEffect(() => {
    if (waits && isReachable) void sendLayouts(pending, createClient(DashboardService, transport));
  }, [waits, isReachable, pending, transport]);

  const change = useCallback(
    (layout: Layout, isDeleted: boolean) => {
      pending.put({ ...layout, isDeleted, changedAt: afterSeen(layout.changedAt), standsAt: null });
    },
    [pending],
  );
  const show = useCallback(
    (key: string) => {
      localStorage.setItem(shownPlace(userId), key);
      setShownKey(key);
    },
    [userId],
  );
  return {
    all,
    shown,
    show,
    save: (layout) => change(layout, false),
    remove: (layout) => change(layout, true),
    isReady: status === 'ready',
  };
}

/** Which one is on the screen is this device's own matter. */
function shownPlace(userId: string): string {
  return `eventkit.layout-shown.${userId}`;
}

/** A change comes after what it has seen, also on a device whose clock is behind. */
function afterSeen(seenAt: Instant | null): Instant {
  const now = nowForDisplay();
  return seenAt === null ? now : laterOf(now, instantOfMicros(microsOf(seenAt) + 1n));
}
