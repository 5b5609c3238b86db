import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';

/** One entry of the trail, with those who can be named. */
export type ChangeRow = {
  readonly id: string;
  readonly at: Instant;
  readonly tableName: string;
  readonly rowId: string;
  readonly action: 'insert' | 'update' | 'delete';
  /** By column: the value before and since. */
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>;
  readonly userId: string | null;
  readonly userName: string | null;
  readonly deviceName: string | null;
  readonly operationId: string | null;
  readonly requestId: string | null;
};

/** The last change of the page before. */
export type ChangePosition = { readonly at: Instant; readonly id: string };

export type ChangeFilter = {
  readonly tableName: string | null;
  readonly rowId: string | null;
  readonly userId: string | null;
  readonly from: Instant | null;
  readonly until: Instant | null;
};

/** The newest first. Names are looked up for the page alone. */
export async function listChanges(
  tx: TenantTransaction,
  tenantId: string,
  filter: ChangeFilter,
  { after, limit }: { readonly after: ChangePosition | null; readonly limit: number },
): Promise<readonly ChangeRow[]> {
  const { rows } = await tx.query<ChangeRow>(
    `SELECT page.*, u.name AS "userName", d.name AS "deviceName"
     FROM (
       SELECT id::text, at, table_name AS "tableName", row_id AS "rowId", action, changes, user_id AS "userId",
         device_id, operation_id AS "operationId", request_id AS "requestId"
       FROM audit_log
       WHERE tenant_id = $1 AND ($2::text IS NULL OR table_name = $2) AND ($3::text IS NULL OR row_id = $3)
         AND ($4::uuid IS NULL OR user_id = $4) AND ($5::timestamptz IS NULL OR at >= $5)
         AND ($6::timestamptz IS NULL OR at < $6)
         AND ($7::timestamptz IS NULL OR (at, id) < ($7, $8::bigint))
       -- The column: what is selected as id is its text, which sorts otherwise and by no index.
       ORDER BY audit_log.at DESC, audit_log.id DESC LIMIT $9
     ) page
     LEFT JOIN users u ON u.tenant_id = $1 AND u.id = page."userId"
     LEFT JOIN devices d ON d.tenant_id = $1 AND d.id = page.device_id
     ORDER BY page.at DESC, page.id::bigint DESC`,
    [
      tenantId,
      filter.tableName,
      filter.rowId,
      filter.userId,
      filter.from,
      filter.until,
      after?.at ?? null,
      after?.id ?? null,
      limit,
    ],
  );
  return rows;
}
