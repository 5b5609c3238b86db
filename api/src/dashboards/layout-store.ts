import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';

export type ChangedLayout = {
  readonly userId: string;
  readonly key: string;
  readonly name: string;
  /** As JSON. */
  readonly widgets: string;
  readonly changedAt: Instant;
  readonly isDeleted: boolean;
};

/**
 * Writes a layout unless a later change of it is there; of two at the same instant the greater text stands, so that the
 * order of arrival decides nothing. Answers when the change that stands was made. A clock that runs ahead counts as now:
 * nobody could change the layout until then.
 */
export async function saveLayout(tx: TenantTransaction, layout: ChangedLayout): Promise<Instant> {
  const { userId, key, name, widgets, changedAt, isDeleted } = layout;
  await tx.query(
    `INSERT INTO dashboard_layouts AS kept (tenant_id, id, user_id, name, widgets, changed_at, deleted_at)
     SELECT current_tenant_id(), $1::uuid || ':' || $2, $1, $3, $4, at, CASE WHEN $6 THEN at END
     FROM (SELECT least($5::timestamptz, now()) AS at) AS said
     ON CONFLICT (tenant_id, id) DO UPDATE
     SET name = excluded.name, widgets = excluded.widgets, changed_at = excluded.changed_at, deleted_at = excluded.deleted_at
     WHERE (excluded.changed_at, excluded.deleted_at IS NULL, excluded.name, excluded.widgets)
         > (kept.changed_at, kept.deleted_at IS NULL, kept.name, kept.widgets)`,
    [userId, key, name, widgets, changedAt, isDeleted],
  );
  const { rows } = await tx.query<{ changedAt: Instant }>(
    `SELECT changed_at AS "changedAt" FROM dashboard_layouts WHERE id = $1::uuid || ':' || $2`,
    [userId, key],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('a layout that was saved cannot be read');
  return row.changedAt;
}

/** How many layouts a person has beside the one that is named. */
export async function countOtherLayouts(
  tx: TenantTransaction,
  { userId, key }: Pick<ChangedLayout, 'userId' | 'key'>,
): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM dashboard_layouts WHERE user_id = $1 AND deleted_at IS NULL AND id <> $1::uuid || ':' || $2`,
    [userId, key],
  );
  return rows[0]?.count ?? 0;
}
