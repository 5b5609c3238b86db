import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { Asset } from '@eventkit/shared/ledger/asset.ts';
import { type AssetRow, assetOfRow } from '@eventkit/shared/schema/ledger-rows.ts';
import { selectedColumns } from './ledger-columns.ts';

/**
 * Loads and locks these assets, and every case that is linked to a case among them, in the order of their ids: then
 * two batches that share assets wait for one another instead of blocking each other. Ids of nobody or of another
 * tenant are passed over.
 */
export async function lockAssets(
  tx: TenantTransaction,
  tenantId: string,
  wanted: ReadonlySet<AssetId>,
): Promise<readonly Asset[]> {
  if (wanted.size === 0) return [];
  const ids = [...wanted];
  let locked = await lockLinked(tx, tenantId, ids);
  // What is linked may have grown between looking and locking; with the locks held it is looked at again.
  while (locked.some((asset) => asset.isCase)) {
    const again = await lockLinked(tx, tenantId, ids);
    if (again.length === locked.length) break;
    locked = again;
  }
  return locked;
}

async function lockLinked(
  tx: TenantTransaction,
  tenantId: string,
  ids: readonly AssetId[],
): Promise<readonly Asset[]> {
  const { rows } = await tx.query<AssetRow>({
    name: 'lock-assets',
    text: LOCK_LINKED,
    values: [tenantId, ids],
  });
  return rows.map(assetOfRow);
}

/** Starts from the cases only: what is no case holds nothing, so nothing else depends on it. */
const LOCK_LINKED = `
  WITH RECURSIVE linked (id) AS (
    SELECT a.id FROM assets a WHERE a.tenant_id = $1 AND a.id = ANY($2) AND a.is_case
    UNION
    SELECT neighbour.id FROM linked l CROSS JOIN LATERAL (
      SELECT a.baseline_id AS id FROM assets a
      WHERE a.tenant_id = $1 AND a.id = l.id AND a.baseline_kind = 'case'
      UNION ALL
      SELECT a.id FROM assets a
      WHERE a.tenant_id = $1 AND a.baseline_id = l.id AND a.baseline_kind = 'case' AND a.is_case
      UNION ALL
      SELECT m.to_id FROM movements m
      WHERE m.tenant_id = $1 AND m.asset_id = l.id AND m.to_kind = 'case'
      UNION ALL
      SELECT a.id FROM movements m JOIN assets a ON a.tenant_id = $1 AND a.id = m.asset_id AND a.is_case
      WHERE m.tenant_id = $1 AND m.to_id = l.id AND m.to_kind = 'case'
    ) AS neighbour
  )
  SELECT ${selectedColumns('assets', 'a')} FROM assets a
  WHERE a.tenant_id = $1 AND a.id = ANY($2::uuid[] || ARRAY(SELECT linked.id FROM linked))
  ORDER BY a.id
  FOR NO KEY UPDATE OF a`;
