import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { NotificationKind } from '@eventkit/shared/notifications/notification-kinds.ts';
import type { BrowserKeys } from './encrypt-push.ts';

export type PushAddress = BrowserKeys & { readonly endpoint: string };
type OwnDevice = { readonly userId: string; readonly deviceId: string };

/**
 * Where a device of this session is reached; whoever used the device before is not reached there any more. False where
 * the device or the session is not there, or is shut out.
 */
export async function subscribe(
  tx: TenantTransaction,
  of: PushAddress & OwnDevice & { readonly sessionHash: Buffer },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO push_subscriptions (tenant_id, device_id, user_id, session_hash, endpoint, p256dh, auth)
     SELECT d.tenant_id, d.id, s.user_id, s.id_hash, $4, $5, $6
     FROM devices d JOIN sessions s ON s.tenant_id = d.tenant_id
     WHERE d.id = $1 AND d.revoked_at IS NULL AND d.wipe_ordered_at IS NULL
       AND s.id_hash = $2 AND s.user_id = $3 AND s.expires_at > now()
     ON CONFLICT (tenant_id, device_id) DO UPDATE SET user_id = excluded.user_id,
       session_hash = excluded.session_hash, endpoint = excluded.endpoint, p256dh = excluded.p256dh,
       auth = excluded.auth, created_at = now()`,
    [of.deviceId, of.sessionHash, of.userId, of.endpoint, of.p256dh, of.auth],
  );
  return rowCount === 1;
}

export async function unsubscribe(tx: TenantTransaction, { userId, deviceId }: OwnDevice): Promise<void> {
  await tx.query('DELETE FROM push_subscriptions WHERE user_id = $1 AND device_id = $2', [userId, deviceId]);
}

export async function isSubscribed(tx: TenantTransaction, { userId, deviceId }: OwnDevice): Promise<boolean> {
  const { rowCount } = await tx.query(
    'SELECT FROM push_subscriptions WHERE user_id = $1 AND device_id = $2',
    [userId, deviceId],
  );
  return rowCount === 1;
}

/** A push service says that there is nobody at this address any more. */
export async function dropAddress(tx: TenantTransaction, endpoint: string): Promise<void> {
  await tx.query('DELETE FROM push_subscriptions WHERE endpoint = $1', [endpoint]);
}

export type DuePush = PushAddress & {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly subject: string;
  readonly title: string;
  readonly detail: string;
  readonly locale: string;
};

const AT_ONCE = 50;

/**
 * Takes what is to be pushed in the company of the transaction, each once for each address. In quiet hours it waits; what
 * was read meanwhile, or is a day old, is no news any more and goes without being pushed.
 */
export async function takeDuePushes(tx: TenantTransaction): Promise<readonly DuePush[]> {
  const { rows } = await tx.query<DuePush>(
    `WITH taken AS (
       DELETE FROM notification_dues WHERE channel = 'push' AND notification_id IN (
         SELECT d.notification_id FROM notification_dues d
         JOIN notifications n ON n.id = d.notification_id
         JOIN users u ON u.id = n.user_id
         JOIN tenants t ON t.id = n.tenant_id
         LEFT JOIN quiet_hours q ON q.user_id = n.user_id
         WHERE d.channel = 'push' AND (
           q.user_id IS NULL OR n.read_at IS NOT NULL OR n.happened_at < now() - interval '1 day'
           OR NOT is_quiet(q.from_minute, q.until_minute, local_time_in(coalesce(u.time_zone, t.time_zone)))
         )
         ORDER BY n.created_at, n.id LIMIT ${AT_ONCE} FOR UPDATE OF d SKIP LOCKED
       )
       RETURNING notification_id
     )
     SELECT n.id, n.kind, n.subject, n.title, n.detail, u.locale, s.endpoint, s.p256dh, s.auth
     FROM taken
     JOIN notifications n ON n.id = taken.notification_id
     JOIN users u ON u.id = n.user_id AND u.deactivated_at IS NULL
     JOIN push_subscriptions s ON s.user_id = n.user_id
     JOIN sessions e ON e.id_hash = s.session_hash AND e.expires_at > now()
     WHERE n.read_at IS NULL AND n.happened_at >= now() - interval '1 day'
     ORDER BY n.happened_at, n.id`,
  );
  return rows;
}
