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
  let ids = [...wanted].sort();
  for (;;) {
    const { rows } = await tx.query<AssetRow>({
      name: 'lock-assets',
      text: LOCK_ASSETS,
      values: [tenantId, ids],
    });
    const locked = rows.map(assetOfRow);
    const caseIds = locked.filter((asset) => asset.isCase).map(({ id }) => id);
    if (caseIds.length === 0) return locked;
    // Looked at with the locks held: what links a case now can only have come before.
    const linked = await findLinkedCases(tx, tenantId, caseIds);
    const lockedIds = new Set<AssetId>(locked.map(({ id }) => id));
    if (linked.every((id) => lockedIds.has(id))) return locked;
    ids = [...new Set([...ids, ...linked])].sort();
  }
}

async function findLinkedCases(
  tx: TenantTransaction,
  tenantId: string,
  caseIds: readonly AssetId[],
): Promise<readonly AssetId[]> {
  const { rows } = await tx.query<{ id: AssetId }>({
    name: 'find-linked-cases',
    text: FIND_LINKED_CASES,
    values: [tenantId, caseIds],
  });
  return rows.map(({ id }) => id);
}

/** Walks the ids in the order given: locks are taken in that order. */
const LOCK_ASSETS = `
  SELECT ${selectedColumns('assets', 'a')} FROM unnest($2::uuid[]) AS wanted (id)
  CROSS JOIN LATERAL (
    SELECT * FROM assets WHERE tenant_id = $1 AND id = wanted.id FOR NO KEY UPDATE
  ) AS a`;

/** What is no case holds nothing, so nothing else depends on it: only links between cases count. */
const FIND_LINKED_CASES = `
  WITH RECURSIVE linked (id) AS (
    SELECT unnest($2::uuid[])
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
      SELECT inside.asset_id FROM (
        SELECT DISTINCT m.asset_id FROM movements m
        WHERE m.tenant_id = $1 AND m.to_id = l.id AND m.to_kind = 'case'
      ) AS inside
      WHERE EXISTS (SELECT FROM assets a WHERE a.tenant_id = $1 AND a.id = inside.asset_id AND a.is_case)
    ) AS neighbour
  )
  SELECT id FROM linked`;
