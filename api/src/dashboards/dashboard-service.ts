import type { ServiceImpl } from '@connectrpc/connect';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import {
  type DashboardService,
  type DashboardWidget,
  WidgetKind as WireKind,
} from '@eventkit/proto/gen/eventkit/v1/dashboards_pb.ts';
import {
  MOST_LAYOUTS,
  type Widget,
  type WidgetKind,
  widgetDays,
} from '@eventkit/shared/dashboards/widgets.ts';
import { instantOfMicros, microsOf } from '@eventkit/shared/kernel/instant.ts';
import type pg from 'pg';
import { callerOf } from '#http/caller.ts';
import { connectErrorOf } from '#http/connect-error-of.ts';
import { scopeOf } from '#http/scope-of.ts';
import { countOtherLayouts, saveLayout } from './layout-store.ts';

const kindOfWire: Readonly<Record<WireKind, WidgetKind | null>> = {
  [WireKind.UNSPECIFIED]: null,
  [WireKind.UPCOMING]: 'upcoming',
  [WireKind.UTILISATION]: 'utilisation',
  [WireKind.OVERDUE]: 'overdue',
  [WireKind.ACTIVITY]: 'activity',
};

/** The caller's own dashboards: whose they are is never said by the request. */
export function createDashboardService({
  pool,
}: {
  readonly pool: pg.Pool;
}): ServiceImpl<typeof DashboardService> {
  return {
    async saveLayout({ key, name, widgets, changedAtMicros, isDeleted }, context) {
      const caller = callerOf(context);
      const { userId } = caller;
      const changedAt = instantOfMicros(changedAtMicros);
      return withTenant(pool, scopeOf(caller), async (tx) => {
        if (!isDeleted && (await countOtherLayouts(tx, { userId, key })) >= MOST_LAYOUTS) throw tooMany();
        const kept = JSON.stringify(widgets.flatMap(widgetOf));
        const standsAt = await saveLayout(tx, { userId, key, name, widgets: kept, changedAt, isDeleted });
        return { changedAtMicros: microsOf(standsAt) };
      });
    },
  };
}

function widgetOf({ kind, days, isWide }: DashboardWidget): Widget[] {
  const known = kindOfWire[kind];
  return known == null ? [] : [{ kind: known, days: widgetDays.find((one) => one === days) ?? 7, isWide }];
}

function tooMany() {
  const message = `There are ${MOST_LAYOUTS} layouts already.`;
  return connectErrorOf({ tag: 'invalid', violations: [{ field: 'key', rule: 'layouts.most', message }] });
}
