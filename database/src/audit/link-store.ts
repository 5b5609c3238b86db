import type { TenantTransaction } from '#tenant-transaction.ts';
import type { Link } from './link.ts';

const COLUMNS = `position, until_moment::text AS "untilMoment", entry_count AS "entryCount",
  entries_hash AS "entriesHash", marks, (extract(epoch FROM linked_at) * 1000000)::bigint::text AS "linkedAtMicros", hash`;

/** The newest link; null where there is none. */
export async function readLastLink(tx: TenantTransaction, tenantId: string): Promise<Link | null> {
  const { rows } = await tx.query<Link>(
    `SELECT ${COLUMNS} FROM audit_links WHERE tenant_id = $1 ORDER BY position DESC LIMIT 1`,
    [tenantId],
  );
  return rows[0] ?? null;
}

/** So many links after a position, in their order. */
export async function readLinks(
  tx: TenantTransaction,
  tenantId: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly Link[]> {
  const { rows } = await tx.query<Link>(
    `SELECT ${COLUMNS} FROM audit_links WHERE tenant_id = $1 AND position > $2 ORDER BY position LIMIT $3`,
    [tenantId, after, limit],
  );
  return rows;
}

export async function insertLink(tx: TenantTransaction, tenantId: string, link: Link): Promise<void> {
  await tx.query(
    `INSERT INTO audit_links (tenant_id, position, until_moment, entry_count, entries_hash, marks, linked_at, hash)
     VALUES ($1, $2, $3, $4, $5, $6, to_timestamp(0) + $7::bigint * interval '1 microsecond', $8)`,
    [
      tenantId,
      link.position,
      link.untilMoment,
      link.entryCount,
      link.entriesHash,
      link.marks,
      link.linkedAtMicros,
      link.hash,
    ],
  );
}
