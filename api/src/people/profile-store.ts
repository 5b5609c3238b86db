import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';

export type TimeZones = {
  /** Null where it is the company's. */
  readonly own: string | null;
  readonly company: string;
};

/** The zone that a person reads times in, and the one of their company. */
export async function readTimeZones(tx: TenantTransaction, userId: string): Promise<TimeZones> {
  const { rows } = await tx.query<TimeZones>(
    `SELECT u.time_zone AS own, t.time_zone AS company
     FROM users u JOIN tenants t ON t.tenant_id = u.tenant_id WHERE u.id = $1`,
    [userId],
  );
  if (rows[0] === undefined) throw new Error('somebody authenticated and cannot be read');
  return rows[0];
}

export async function writeOwnTimeZone(
  tx: TenantTransaction,
  userId: string,
  timeZone: string | null,
): Promise<void> {
  await tx.query('UPDATE users SET time_zone = $2 WHERE id = $1', [userId, timeZone]);
}

export type OwnSessionRow = {
  readonly id: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly userAgent: string;
  readonly isThis: boolean;
};

/** Sessions of a person that are not over, the newest first; `ownHash` is that of the one that asks, or null. */
export async function listOwnSessions(
  tx: TenantTransaction,
  userId: string,
  ownHash: Buffer | null,
): Promise<readonly OwnSessionRow[]> {
  const { rows } = await tx.query<OwnSessionRow>(
    `SELECT id, created_at AS "createdAt", expires_at AS "expiresAt", user_agent AS "userAgent",
       coalesce(id_hash = $2, false) AS "isThis"
     FROM sessions WHERE user_id = $1 AND expires_at > now() ORDER BY created_at DESC, id`,
    [userId, ownHash],
  );
  return rows;
}

/** Ends a session of this person; answers the refresh tokens that it leaves behind, or null where there is none such. */
export async function endOwnSession(
  tx: TenantTransaction,
  userId: string,
  id: string,
): Promise<readonly string[] | null> {
  const { rows } = await tx.query<{ refresh_token: string | null }>(
    'DELETE FROM sessions WHERE user_id = $1 AND id = $2 RETURNING refresh_token',
    [userId, id],
  );
  return rows.length === 0 ? null : rows.flatMap(({ refresh_token: token }) => token ?? []);
}

export type OwnDeviceRow = {
  readonly id: string;
  readonly name: string;
  readonly isRevoked: boolean;
  readonly lastContactAt: Instant | null;
};

/** Devices that a person registered, by name. */
export async function listOwnDevices(
  tx: TenantTransaction,
  userId: string,
): Promise<readonly OwnDeviceRow[]> {
  const { rows } = await tx.query<OwnDeviceRow>(
    `SELECT d.id, d.name, d.revoked_at IS NOT NULL AS "isRevoked", max(p.last_contact_at) AS "lastContactAt"
     FROM devices d LEFT JOIN device_progress p ON p.tenant_id = d.tenant_id AND p.device_id = d.id
     WHERE d.registered_by = $1
     GROUP BY d.tenant_id, d.id ORDER BY lower(d.name), d.id`,
    [userId],
  );
  return rows;
}
