import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { HeldRole } from '@eventkit/shared/permissions/roles.ts';

/**
 * What is kept stays for ever. It is a matter for people until the operation with its id, of its device and with its
 * bytes stands; `u` is unreadable_operations.
 */
export const STILL_KEPT = `NOT EXISTS (SELECT FROM operations o WHERE o.tenant_id = u.tenant_id AND o.id = u.id
    AND o.device_id = u.device_id AND o.envelope = u.envelope)`;

/** One operation that is kept, with those who can be named. */
export type KeptRow = {
  readonly id: string;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly sentByName: string;
  readonly envelope: Uint8Array;
  /** As `describeProblem` wrote it. */
  readonly problem: string;
  readonly receivedAt: Instant;
  readonly retriedAt: Instant | null;
};

/** Newest first, and how many there are in all. */
export async function listKept(
  tx: TenantTransaction,
  tenantId: string,
  limit: number,
): Promise<{ readonly rows: readonly KeptRow[]; readonly totalCount: number }> {
  const { rows } = await tx.query<KeptRow & { total: number }>({
    name: 'list-kept-operations',
    text: `${SELECT_KEPT} ORDER BY u.received_at DESC, u.id DESC LIMIT $2`,
    values: [tenantId, limit],
  });
  return { rows, totalCount: rows[0]?.total ?? 0 };
}

/** All of one device, oldest first. */
export async function listKeptOfDevice(
  tx: TenantTransaction,
  tenantId: string,
  deviceId: string,
): Promise<readonly KeptRow[]> {
  const { rows } = await tx.query<KeptRow>(
    `${SELECT_KEPT} AND u.device_id = $2 ORDER BY u.received_at, u.id`,
    [tenantId, deviceId],
  );
  return rows;
}

/** What is needed to take an operation in again as it was brought. */
export type KeptToRetry = {
  readonly id: string;
  readonly envelope: Uint8Array;
  readonly receivedAt: Instant;
  readonly sentBy: string;
  readonly sender: HeldRole;
  readonly isSenderActive: boolean;
};

/** Where a page of what is to be tried again ended. */
export type KeptPosition = { readonly receivedAt: Instant; readonly id: string };

/** The devices of which something is kept. */
export async function listDevicesWithKept(tx: TenantTransaction, tenantId: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT DISTINCT u.device_id AS id FROM unreadable_operations u WHERE u.tenant_id = $1 AND ${STILL_KEPT} ORDER BY id`,
    [tenantId],
  );
  return rows.map(({ id }) => id);
}

/** A page of what is kept of one device, oldest first; what it handed in while it was shut out only where it is looked at. */
export async function findKeptToRetry(
  tx: TenantTransaction,
  of: { readonly tenantId: string; readonly deviceId: string; readonly isLookedAt: boolean },
  after: KeptPosition | null,
  limit: number,
): Promise<readonly KeptToRetry[]> {
  const { rows } = await tx.query<KeptToRetry>(
    `SELECT u.id, u.envelope, u.received_at AS "receivedAt", u.sent_by AS "sentBy",
       jsonb_build_object('role', s.role, 'customPermissions', r.permissions) AS sender,
       s.deactivated_at IS NULL AS "isSenderActive"
     FROM unreadable_operations u JOIN users s ON s.tenant_id = u.tenant_id AND s.id = u.sent_by
     LEFT JOIN roles r ON r.tenant_id = s.tenant_id AND r.id = s.custom_role_id
     WHERE u.tenant_id = $1 AND u.device_id = $2 AND ${STILL_KEPT}
       AND ($6 OR u.problem <> 'device_shut_out')
       AND ($3::timestamptz IS NULL OR (u.received_at, u.id) > ($3, $4::uuid))
     ORDER BY u.received_at, u.id LIMIT $5`,
    [of.tenantId, of.deviceId, after?.receivedAt ?? null, after?.id ?? null, limit, of.isLookedAt],
  );
  return rows;
}

/** Notes what is wrong with operations that were tried again in vain. */
export async function noteRetried(
  tx: TenantTransaction,
  of: { readonly tenantId: string; readonly deviceId: string },
  retriedAt: Instant,
  kept: readonly { readonly id: string; readonly problem: string }[],
): Promise<void> {
  await tx.query(
    `UPDATE unreadable_operations u SET retried_at = $3, problem = r.problem
     FROM json_to_recordset($4::json) AS r (id uuid, problem text)
     WHERE u.tenant_id = $1 AND u.device_id = $2 AND u.id = r.id`,
    [of.tenantId, of.deviceId, retriedAt, JSON.stringify(kept)],
  );
}

const SELECT_KEPT = `
  SELECT u.id, u.device_id AS "deviceId", d.name AS "deviceName", s.name AS "sentByName", u.envelope, u.problem,
    u.received_at AS "receivedAt", u.retried_at AS "retriedAt", count(*) OVER ()::integer AS total
  FROM unreadable_operations u
  JOIN devices d ON d.tenant_id = u.tenant_id AND d.id = u.device_id
  JOIN users s ON s.tenant_id = u.tenant_id AND s.id = u.sent_by
  WHERE u.tenant_id = $1 AND ${STILL_KEPT}`;
