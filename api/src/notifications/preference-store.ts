import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { NotificationKind } from '@eventkit/shared/notifications/notification-kinds.ts';
import type { Permission } from '@eventkit/shared/permissions/roles.ts';

export type Choice = {
  readonly kind: NotificationKind;
  readonly isListed: boolean;
  readonly isPushed: boolean;
  readonly isMailed: boolean;
};

/** Minutes since midnight, where the person is. */
export type QuietHours = { readonly fromMinute: number; readonly untilMinute: number };

/** In which ways a person is told of each kind that they can be told of with these permissions. */
export async function readChoices(
  tx: TenantTransaction,
  userId: string,
  permissions: readonly Permission[],
): Promise<readonly Choice[]> {
  const { rows } = await tx.query<Choice>(
    `SELECT k.kind, coalesce(p.is_listed, k.is_listed) AS "isListed", coalesce(p.is_pushed, k.is_pushed) AS "isPushed",
       coalesce(p.is_mailed, k.is_mailed) AS "isMailed"
     FROM notification_kinds() WITH ORDINALITY AS k (kind, permission, roles, is_listed, is_pushed, is_mailed, place)
     LEFT JOIN notification_preferences p ON p.kind = k.kind AND p.user_id = $1
     WHERE k.permission = ANY ($2) ORDER BY k.place`,
    [userId, permissions],
  );
  return rows;
}

export async function saveChoice(
  tx: TenantTransaction,
  userId: string,
  { kind, isListed, isPushed, isMailed }: Choice,
): Promise<void> {
  await tx.query(
    `INSERT INTO notification_preferences (tenant_id, user_id, kind, is_listed, is_pushed, is_mailed)
     VALUES (current_tenant_id(), $1, $2, $3, $4, $5)
     ON CONFLICT (tenant_id, user_id, kind) DO UPDATE SET is_listed = excluded.is_listed, is_pushed = excluded.is_pushed,
       is_mailed = excluded.is_mailed`,
    [userId, kind, isListed, isPushed, isMailed],
  );
}

export async function readQuietHours(tx: TenantTransaction, userId: string): Promise<QuietHours | null> {
  const { rows } = await tx.query<QuietHours>(
    'SELECT from_minute AS "fromMinute", until_minute AS "untilMinute" FROM quiet_hours WHERE user_id = $1',
    [userId],
  );
  return rows[0] ?? null;
}

/** Null: none. */
export async function saveQuietHours(
  tx: TenantTransaction,
  userId: string,
  quiet: QuietHours | null,
): Promise<void> {
  if (quiet === null) {
    await tx.query('DELETE FROM quiet_hours WHERE user_id = $1', [userId]);
    return;
  }
  await tx.query(
    `INSERT INTO quiet_hours (tenant_id, user_id, from_minute, until_minute) VALUES (current_tenant_id(), $1, $2, $3)
     ON CONFLICT (tenant_id, user_id) DO UPDATE SET from_minute = excluded.from_minute, until_minute = excluded.until_minute`,
    [userId, quiet.fromMinute, quiet.untilMinute],
  );
}

/** The person's time zone, or the company's. */
export async function readTimeZone(tx: TenantTransaction, userId: string): Promise<string> {
  const { rows } = await tx.query<{ timeZone: string }>(
    `SELECT coalesce(u.time_zone, t.time_zone) AS "timeZone" FROM users u JOIN tenants t ON t.id = u.tenant_id
     WHERE u.id = $1`,
    [userId],
  );
  return rows[0]?.timeZone ?? 'UTC';
}
