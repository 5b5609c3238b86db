import type { ServiceImpl } from '@connectrpc/connect';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import type { NotificationService } from '@eventkit/proto/gen/eventkit/v1/notifications_pb.ts';
import type pg from 'pg';
import { callerOf } from '#http/caller.ts';
import { scopeOf } from '#http/scope-of.ts';
import { setRead } from './notification-store.ts';

/** The caller's own notifications: whose they are is never said by the request. */
export function createNotificationService({
  pool,
}: {
  readonly pool: pg.Pool;
}): ServiceImpl<typeof NotificationService> {
  return {
    async setRead({ notificationIds: ids, isRead }, context) {
      const caller = callerOf(context);
      const { userId } = caller;
      await withTenant(pool, scopeOf(caller), (tx) => setRead(tx, { userId, ids, isRead }));
      return {};
    },
  };
}
