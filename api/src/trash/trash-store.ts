import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { type TrashKind, trashKinds } from './trash-kinds.ts';

export type NamedRecord = { readonly kind: TrashKind; readonly id: string; readonly name: string };

/** What one deletion took, as the trash shows it. */
export type TrashRow = {
  readonly id: string;
  readonly kind: TrashKind;
  readonly recordId: string;
  readonly name: string;
  readonly withCount: number;
  readonly deletedAt: Instant;
  readonly deletedBy: string;
  readonly purgedAt: Instant;
  readonly cameBackAt: Instant | null;
  readonly wasEditedSince: boolean;
};

export type TrashPosition = readonly [deletedAt: Instant, id: string];

/** The record, held until the transaction ends; null for ids of nobody and of other companies. */
export async function lockRecord(
  tx: TenantTransaction,
  kind: TrashKind,
  id: string,
): Promise<{ readonly name: string; readonly isDeleted: boolean } | null> {
  const { table, name } = trashKinds[kind];
  const { rows } = await tx.query<{ name: string; isDeleted: boolean }>(
    `SELECT ${name} AS name, deleted_at IS NOT NULL AS "isDeleted" FROM ${table} WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return rows[0] ?? null;
}

/** What goes with it. */
export async function readAlong(
  tx: TenantTransaction,
  kind: TrashKind,
  id: string,
): Promise<readonly NamedRecord[]> {
  const { along } = trashKinds[kind];
  if (along === null) return [];
  const { rows } = await tx.query<NamedRecord>(along, [id]);
  return rows;
}

/** The deletion that a record waits in; null where it is in nobody's trash. */
export async function findWaiting(
  tx: TenantTransaction,
  kind: TrashKind,
  id: string,
): Promise<string | null> {
  const { rows } = await tx.query<{ rootId: string }>(
    'SELECT root_id AS "rootId" FROM trash_items WHERE kind = $1 AND record_id = $2 AND ended_at IS NULL',
    [kind, id],
  );
  return rows[0]?.rootId ?? null;
}

/** By the transaction's person. */
export async function insertItems(
  tx: TenantTransaction,
  items: readonly (NamedRecord & { readonly itemId: string; readonly rootId: string })[],
): Promise<void> {
  await tx.query(
    `INSERT INTO trash_items (tenant_id, id, kind, record_id, name, root_id, deleted_by)
     SELECT current_tenant_id(), i."itemId", i.kind, i.id, i.name, i."rootId", current_setting('eventkit.user_id')::uuid
     FROM json_to_recordset($1::json) AS i ("itemId" uuid, kind text, id uuid, name text, "rootId" uuid)`,
    [JSON.stringify(items)],
  );
}

export async function markDeleted(
  tx: TenantTransaction,
  kind: TrashKind,
  ids: readonly string[],
): Promise<void> {
  await tx.query(`UPDATE ${trashKinds[kind].table} SET deleted_at = now() WHERE id = ANY ($1)`, [ids]);
}

/** What a deletion took and is still in the trash, held until the transaction ends; empty where there is none. */
export async function lockItems(tx: TenantTransaction, rootId: string): Promise<readonly NamedRecord[]> {
  const { rows } = await tx.query<NamedRecord>(
    `SELECT kind, record_id AS id, name FROM trash_items WHERE root_id = $1 AND ended_at IS NULL
     ORDER BY id FOR UPDATE`,
    [rootId],
  );
  return rows;
}

/** Brings these back, and what they are part of; answers the names of the latter. */
export async function bringBack(
  tx: TenantTransaction,
  records: readonly NamedRecord[],
): Promise<readonly string[]> {
  const idsOf = (kind: TrashKind) => records.flatMap((one) => (one.kind === kind ? [one.id] : []));
  const before = await tx.query<{ id: string; recordId: string; name: string }>(
    'SELECT id, record_id AS "recordId", name FROM trash_items WHERE ended_at IS NULL',
  );
  await tx.query(`CALL bring_back($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], 'restored')`, [
    idsOf('product'),
    idsOf('asset'),
    idsOf('event'),
    idsOf('storage_location'),
  ]);
  const after = await tx.query<{ id: string }>('SELECT id FROM trash_items WHERE ended_at IS NULL');
  const left = new Set(after.rows.map(({ id }) => id));
  const asked = new Set(records.map(({ id }) => id));
  return before.rows.flatMap(({ id, recordId, name }) => (left.has(id) || asked.has(recordId) ? [] : [name]));
}

/** The newest first: what is in the trash, and what came back by itself within a month. */
export async function listTrash(
  tx: TenantTransaction,
  wanted: {
    readonly kinds: readonly TrashKind[];
    readonly after: TrashPosition | null;
    readonly limit: number;
  },
): Promise<readonly TrashRow[]> {
  const [deletedAt, id] = wanted.after ?? [null, null];
  const { rows } = await tx.query<TrashRow>(
    `SELECT i.id, i.kind, i.record_id AS "recordId", i.name, i.deleted_at AS "deletedAt", u.name AS "deletedBy",
       (SELECT count(*)::int FROM trash_items w WHERE w.root_id = i.id AND w.id <> i.id AND w.ended_at IS NULL) AS "withCount",
       i.deleted_at + make_interval(days => t.trash_days) AS "purgedAt", i.ended_at AS "cameBackAt",
       EXISTS (SELECT FROM field_edits f WHERE f.row_id = i.record_id AND f.received_at > i.deleted_at) AS "wasEditedSince"
     FROM trash_items i
     JOIN tenants t ON t.id = i.tenant_id
     JOIN users u ON u.tenant_id = i.tenant_id AND u.id = i.deleted_by
     WHERE i.kind = ANY ($1) AND ($2::timestamptz IS NULL OR (i.deleted_at, i.id) < ($2, $3::uuid))
       AND ((i.ended_at IS NULL AND i.root_id = i.id)
         OR (i.ended_how = 'came_back' AND i.ended_at > now() - interval '30 days'))
     ORDER BY i.deleted_at DESC, i.id DESC LIMIT $4`,
    [wanted.kinds, deletedAt, id, wanted.limit],
  );
  return rows;
}

/** After how many days something is removed for good. */
export async function readTrashDays(tx: TenantTransaction): Promise<number> {
  const { rows } = await tx.query<{ days: number }>('SELECT trash_days AS days FROM tenants');
  return rows[0]?.days ?? 0;
}
