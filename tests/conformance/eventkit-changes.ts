import type { Client } from 'pg';
import type { Change, Subject } from './subject.ts';

/** Changes to the assets of a company in an EventKit database. Serial numbers carry the marks. */
export function createEventKitChange(
  db: Pick<Client, 'query'>,
  tenantId: string,
): NonNullable<Subject['change']> {
  return async (change) => {
    const [sql, values] = statement(change);
    const { rowCount } = await db.query(sql, [tenantId, ...values]);
    const wanted = change.kind === 'touch' ? change.rows : 1;
    if (rowCount !== wanted) throw new Error(`${change.kind}: ${rowCount} rows instead of ${wanted}`);
  };
}

function statement(change: Change): [string, unknown[]] {
  const someAssets = `SELECT id FROM assets WHERE tenant_id = $1 AND deleted_at IS NULL ORDER BY id`;
  switch (change.kind) {
    case 'touch':
      return [
        `UPDATE assets SET serial = $2 WHERE tenant_id = $1 AND id IN (${someAssets} LIMIT $3)`,
        [change.mark, change.rows],
      ];
    case 'add':
      return [
        `INSERT INTO assets (tenant_id, id, product_id, code, serial, baseline_kind, baseline_id, place_kind, place_id, last_moved_at)
         SELECT tenant_id, gen_random_uuid(), product_id, $2, $2, baseline_kind, baseline_id, place_kind, place_id, now()
         FROM assets WHERE tenant_id = $1 LIMIT 1`,
        [change.mark],
      ];
    case 'remove':
      return ['UPDATE assets SET deleted_at = now() WHERE tenant_id = $1 AND code = $2', [change.mark]];
    case 'nothing':
      return [
        `UPDATE assets SET created_at = now() WHERE tenant_id = $1 AND id IN (${someAssets} LIMIT 1)`,
        [],
      ];
  }
}
