import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { HeldRole } from '@eventkit/shared/permissions/roles.ts';

/** False where the company has no such device. With the end of sharing all enrolments on it end. */
export async function setShared(
  tx: TenantTransaction,
  deviceId: string,
  isShared: boolean,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE devices SET shared_since = CASE WHEN $2 THEN coalesce(shared_since, now()) END WHERE id = $1`,
    [deviceId, isShared],
  );
  return rowCount === 1;
}

/** Null where the company has no such device. */
export async function findSharing(
  tx: TenantTransaction,
  deviceId: string,
): Promise<{ readonly isShared: boolean; readonly isRevoked: boolean } | null> {
  const { rows } = await tx.query<{ isShared: boolean; isRevoked: boolean }>(
    `SELECT shared_since IS NOT NULL AS "isShared", revoked_at IS NOT NULL AS "isRevoked" FROM devices WHERE id = $1`,
    [deviceId],
  );
  return rows[0] ?? null;
}

export type EnrolledRow = HeldRole & {
  readonly enrolmentId: string;
  readonly personId: string;
  readonly name: string;
  readonly locale: string;
  readonly badgeHash: Buffer;
  readonly digitCount: number;
};

/** Who is enrolled on a device now, by name. */
export async function listEnrolled(tx: TenantTransaction, deviceId: string): Promise<readonly EnrolledRow[]> {
  const { rows } = await tx.query<EnrolledRow>(
    `SELECT e.id AS "enrolmentId", u.id AS "personId", u.name, u.locale, u.role,
       r.permissions AS "customPermissions", b.code_hash AS "badgeHash", p.digit_count AS "digitCount"
     FROM enrolments e
     JOIN users u ON u.tenant_id = e.tenant_id AND u.id = e.user_id
     LEFT JOIN roles r ON r.tenant_id = u.tenant_id AND r.id = u.custom_role_id
     JOIN badges b ON b.tenant_id = e.tenant_id AND b.id = e.badge_id
     JOIN pins p ON p.tenant_id = e.tenant_id AND p.user_id = e.user_id
     WHERE e.device_id = $1 AND e.ended_at IS NULL ORDER BY lower(u.name), u.id`,
    [deviceId],
  );
  return rows;
}

/** In place of an earlier one of the person on the device. */
export async function insertEnrolment(
  tx: TenantTransaction,
  enrolment: {
    readonly id: string;
    readonly deviceId: string;
    readonly personId: string;
    readonly badgeId: string;
    readonly publicKey: Uint8Array;
  },
): Promise<void> {
  const { id, deviceId, personId, badgeId, publicKey } = enrolment;
  await tx.query(
    'UPDATE enrolments SET ended_at = now() WHERE device_id = $1 AND user_id = $2 AND ended_at IS NULL',
    [deviceId, personId],
  );
  await tx.query(
    `INSERT INTO enrolments (tenant_id, id, device_id, user_id, badge_id, public_key)
     VALUES (current_tenant_id(), $1, $2, $3, $4, $5)`,
    [id, deviceId, personId, badgeId, Buffer.from(publicKey)],
  );
}
