import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { NotificationKind } from '@eventkit/shared/notifications/notification-kinds.ts';

export type DueLine = {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly locale: string;
  readonly kind: NotificationKind;
  readonly title: string;
  readonly detail: string;
};

/** When mails go out, by the person's own clock. */
const MORNING = '7 hours';

/**
 * What is to be mailed in the company of the transaction: what happened before the last morning of each person. A server
 * that was down in the morning makes up for it.
 */
export async function holdDueLines(tx: TenantTransaction): Promise<readonly DueLine[]> {
  // What was read, or is of somebody who is gone, is mailed to nobody.
  await tx.query(
    `DELETE FROM notification_dues d USING notifications n, users u
     WHERE d.channel = 'mail' AND n.id = d.notification_id AND u.id = n.user_id
       AND (n.read_at IS NOT NULL OR u.deactivated_at IS NOT NULL)`,
  );
  const { rows } = await tx.query<DueLine>(
    `SELECT n.id, n.user_id AS "userId", u.name, u.email, u.locale, n.kind, n.title, n.detail
     FROM notification_dues d
     JOIN notifications n ON n.id = d.notification_id
     JOIN users u ON u.id = n.user_id
     JOIN tenants t ON t.id = n.tenant_id,
       LATERAL (SELECT local_time_in(coalesce(u.time_zone, t.time_zone)) AS at) AS local
     WHERE d.channel = 'mail'
       AND now() - n.created_at > local.at - (date_trunc('day', local.at - interval '${MORNING}') + interval '${MORNING}')
     ORDER BY n.happened_at, n.id
     FOR UPDATE OF d SKIP LOCKED`,
  );
  return rows;
}

export async function dropDueLines(tx: TenantTransaction, ids: readonly string[]): Promise<void> {
  await tx.query(
    `DELETE FROM notification_dues WHERE channel = 'mail' AND notification_id = ANY ($1::uuid[])`,
    [ids],
  );
}
