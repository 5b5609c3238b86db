import { type Client, Code, ConnectError } from '@connectrpc/connect';
import {
  type DashboardService,
  WidgetKind as WireKind,
} from '@eventkit/proto/gen/eventkit/v1/dashboards_pb.ts';
import type { WidgetKind } from '@eventkit/shared/dashboards/widgets.ts';
import { instantOfMicros, microsOf } from '@eventkit/shared/kernel/instant.ts';
import { smallCall } from '#platform/rpc/small-call.ts';
import type { PendingLayout } from './layout.ts';
import type { PendingLayouts } from './pending-layouts.ts';

const wireOfKind: Readonly<Record<WidgetKind, WireKind>> = {
  upcoming: WireKind.UPCOMING,
  utilisation: WireKind.UTILISATION,
  overdue: WireKind.OVERDUE,
  activity: WireKind.ACTIVITY,
};

/**
 * Sends what waits, one after the other, until nothing does or the server does not take it now: then the rest waits for
 * the next call. What the server will never take is given up, so that it does not hold up the others.
 */
export async function sendLayouts(
  pending: PendingLayouts,
  dashboards: Pick<Client<typeof DashboardService>, 'saveLayout'>,
): Promise<void> {
  for (let change = nextOf(pending); change !== undefined; change = nextOf(pending)) {
    try {
      const { changedAtMicros } = await dashboards.saveLayout(requestOf(change), smallCall());
      pending.noteSent(change, instantOfMicros(changedAtMicros));
    } catch (error) {
      const isRefused = error instanceof ConnectError && error.code === Code.InvalidArgument;
      if (!isRefused) return;
      pending.drop(change);
    }
  }
}

function nextOf(pending: PendingLayouts): PendingLayout | undefined {
  return pending.current().find(({ standsAt }) => standsAt === null);
}

function requestOf({ key, name, widgets, changedAt, isDeleted }: PendingLayout) {
  return {
    key,
    name,
    widgets: widgets.map(({ kind, days, isWide }) => ({ kind: wireOfKind[kind], days, isWide })),
    changedAtMicros: microsOf(changedAt),
    isDeleted,
  };
}
