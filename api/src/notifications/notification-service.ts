import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import type { NotificationService } from '@eventkit/proto/gen/eventkit/v1/notifications_pb.ts';
import { notificationKindOfWire, wireOfNotificationKind } from '@eventkit/proto/notification-kinds.ts';
import type pg from 'pg';
import { hashOfSecret } from '#auth/hash-of-secret.ts';
import { readCookie } from '#auth/session-cookie.ts';
import { callerOf } from '#http/caller.ts';
import { connectErrorOf } from '#http/connect-error-of.ts';
import { scopeOf } from '#http/scope-of.ts';
import { setRead } from './notification-store.ts';
import { readChoices, readQuietHours, readTimeZone, saveChoice, saveQuietHours } from './preference-store.ts';
import { isPushService } from './push-hosts.ts';
import { isSubscribed, subscribe, unsubscribe } from './push-store.ts';

/** The caller's own notifications and how they are told: whose they are is never said by the request. */
export function createNotificationService({
  pool,
  publicUrl,
  pushKey,
  sendsMail,
}: {
  readonly pool: pg.Pool;
  readonly publicUrl: URL;
  /** The public key as browsers take it. */
  readonly pushKey: string;
  readonly sendsMail: boolean;
}): ServiceImpl<typeof NotificationService> {
  return {
    async setRead({ notificationIds: ids, isRead }, context) {
      const caller = callerOf(context);
      const { userId } = caller;
      await withTenant(pool, scopeOf(caller), (tx) => setRead(tx, { userId, ids, isRead }));
      return {};
    },

    async getPreferences({ deviceId }, context) {
      const caller = callerOf(context);
      const { userId, permissions } = caller;
      return withTenant(
        pool,
        scopeOf(caller),
        async (tx) => {
          const choices = await readChoices(tx, userId, permissions);
          const quiet = await readQuietHours(tx, userId);
          return {
            choices: choices.map((one) => ({ ...one, kind: wireOfNotificationKind(one.kind) })),
            ...(quiet === null ? {} : { quiet }),
            timeZone: await readTimeZone(tx, userId),
            isSubscribed: await isSubscribed(tx, { userId, deviceId }),
            ...{ pushKey, sendsMail },
          };
        },
        { isReadOnly: true },
      );
    },

    async saveChoice({ choice }, context) {
      const caller = callerOf(context);
      const kind = choice === undefined ? null : notificationKindOfWire(choice.kind);
      if (choice === undefined || kind === null) return {};
      await withTenant(pool, scopeOf(caller), (tx) => saveChoice(tx, caller.userId, { ...choice, kind }));
      return {};
    },

    async saveQuietHours({ quiet = null }, context) {
      const caller = callerOf(context);
      await withTenant(pool, scopeOf(caller), (tx) => saveQuietHours(tx, caller.userId, quiet));
      return {};
    },

    async subscribe({ deviceId, endpoint, p256dh, auth }, context) {
      const caller = callerOf(context);
      if (!isPushService(endpoint)) throw noPushService();
      const { userId } = caller;
      const sessionHash = ownHash(context);
      const isThere =
        sessionHash !== null &&
        (await withTenant(pool, scopeOf(caller), (tx) =>
          subscribe(tx, { userId, deviceId, sessionHash, endpoint, p256dh, auth }),
        ));
      if (!isThere) throw connectErrorOf({ tag: 'not_found', what: 'device', field: 'device_id' });
      return {};
    },

    async unsubscribe({ deviceId }, context) {
      const caller = callerOf(context);
      const { userId } = caller;
      await withTenant(pool, scopeOf(caller), (tx) => unsubscribe(tx, { userId, deviceId }));
      return {};
    },
  };

  /** Of the session that asks; null where a token does, which nothing is pushed to. */
  function ownHash({ requestHeader }: Pick<HandlerContext, 'requestHeader'>): Buffer | null {
    const id = readCookie('session', publicUrl, requestHeader.get('cookie') ?? '');
    return id === null ? null : hashOfSecret(id);
  }
}

function noPushService() {
  const message = 'That is no push service of a browser.';
  return connectErrorOf({
    tag: 'invalid',
    violations: [{ field: 'endpoint', rule: 'push.service', message }],
  });
}
