import type { HeldRole } from '@eventkit/shared/permissions/roles.ts';
import type { Queryable, SyncSchema } from '#oplog/oplog-store.ts';

/** Rows of one table in a bucket, as devices get them, and how large their content is. */
export type HeldRows = { readonly table: string; readonly rows: number; readonly bytes: number };

export type FoundUser = HeldRole & {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly isActive: boolean;
  readonly tenantId: string;
  readonly tenantName: string;
};

export type DeviceOfUser = {
  readonly id: string;
  readonly name: string;
  readonly isRevoked: boolean;
  /** ISO 8601; null when it never was. */
  readonly lastContactAt: string | null;
};

/** Users with this e-mail address, in whatever company, or the one with this id. */
export async function findUsers(db: Queryable, user: string): Promise<FoundUser[]> {
  const { rows } = await db.query<FoundUser>(
    `SELECT u.id::text, u.name, u.email, u.role, r.permissions AS "customPermissions",
       u.deactivated_at IS NULL AS "isActive", t.id::text AS "tenantId", t.name AS "tenantName"
     FROM users u JOIN tenants t ON t.id = u.tenant_id
     LEFT JOIN roles r ON r.tenant_id = u.tenant_id AND r.id = u.custom_role_id
     WHERE u.id::text = lower($1) OR lower(u.email) = lower($1) ORDER BY t.name, u.id`,
    [user],
  );
  return rows;
}

export async function readDevices(db: Queryable, user: FoundUser): Promise<DeviceOfUser[]> {
  const { rows } = await db.query<Omit<DeviceOfUser, 'lastContactAt'> & { contact: Date | null }>(
    `SELECT d.id::text, d.name, d.revoked_at IS NOT NULL AS "isRevoked",
       (SELECT max(last_contact_at) FROM device_progress p WHERE p.tenant_id = d.tenant_id AND p.device_id = d.id) AS contact
     FROM devices d WHERE d.tenant_id = $1 AND d.registered_by = $2 ORDER BY d.registered_at, d.id`,
    [user.tenantId, user.id],
  );
  return rows.map(({ contact, ...device }) => ({ ...device, lastContactAt: contact?.toISOString() ?? null }));
}

/** Removals: what a device that comes back must still be told of. */
type Held = { tables: HeldRows[]; removals: number };

/** What is in each of these buckets, by name. */
export async function readHeldRows(
  db: Queryable,
  schema: SyncSchema,
  buckets: readonly string[],
): Promise<Map<string, Held>> {
  const { rows } = await db.query<[string, string, string, string, string]>({
    rowMode: 'array',
    text: `SELECT b.name, t.name, count(o.data), coalesce(sum(octet_length(o.data)), 0), count(*) - count(o.data)
      FROM ${schema}.buckets b JOIN ${schema}.ops o ON o.bucket_id = b.id AND o.superseded_by IS NULL
      JOIN ${schema}.source_tables t ON t.id = o.source_table
      WHERE b.name = ANY ($1) GROUP BY b.name, t.name ORDER BY b.name, t.name`,
    values: [buckets],
  });
  const held = new Map<string, Held>();
  for (const [bucket, table, count, bytes, removals] of rows) {
    const entry = held.get(bucket) ?? { tables: [], removals: 0 };
    held.set(bucket, entry);
    if (Number(count) > 0) entry.tables.push({ table, rows: Number(count), bytes: Number(bytes) });
    entry.removals += Number(removals);
  }
  return held;
}
