import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { together } from '@eventkit/database/together.ts';
import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { Asset } from '@eventkit/shared/ledger/asset.ts';
import { type AssetRow, assetOfRow } from '@eventkit/shared/schema/ledger-rows.ts';
import { selectedColumns } from './ledger-columns.ts';

/** Thrown where more had to be locked than was known beforehand; the same transaction from its start sees it. */
export class LocksOutgrown extends Error {
  override readonly name = 'LocksOutgrown';
}

/**
 * Loads and locks these assets, in the order given. It must be that of their ids: then two batches that share assets
 * wait for one another instead of blocking each other. Every case that `findLinkedCases` finds for them must be among
 * them; throws LocksOutgrown where one was linked meanwhile. Ids of nobody or of another tenant are passed over.
 */
export async function lockAssets(
  tx: TenantTransaction,
  tenantId: string,
  ids: readonly AssetId[],
): Promise<readonly Asset[]> {
  if (ids.length === 0) return [];
  const [{ rows }, linked] = await together([
    tx.query<AssetRow>({ name: 'lock-assets', text: LOCK_ASSETS, values: [tenantId, ids] }),
    // With the locks held, what links a case can only have come before. To lock the rest now would be out of order.
    findLinkedCases(tx, tenantId, ids),
  ]);
  const known = new Set(ids);
  if (!linked.every((id) => known.has(id))) throw new LocksOutgrown('cases were linked meanwhile');
  return rows.map(assetOfRow);
}

/** The cases among these assets, and every case that is linked to one of them, directly or not. */
export async function findLinkedCases(
  tx: TenantTransaction,
  tenantId: string,
  assetIds: readonly AssetId[],
): Promise<readonly AssetId[]> {
  if (assetIds.length === 0) return [];
  const { rows } = await tx.query<{ id: AssetId }>({
    name: 'find-linked-cases',
    text: FIND_LINKED_CASES,
    values: [tenantId, assetIds],
  });
  return rows.map(({ id }) => id);
}

/** Walks the ids in the order given: locks are taken in that order. */
const LOCK_ASSETS = `
  SELECT ${selectedColumns('assets', 'a')} FROM unnest($2::uuid[]) AS wanted (id)
  CROSS JOIN LATERAL (
    SELECT * FROM assets WHERE tenant_id = $1 AND id = wanted.id FOR NO KEY UPDATE
  ) AS a`;

/**
 * The cases among these assets and all that are linked to them. What is no case holds nothing, so nothing else
 * depends on it: only links between cases count.
 */
const FIND_LINKED_CASES = `
  WITH RECURSIVE linked (id) AS (
    SELECT a.id FROM unnest($2::uuid[]) AS wanted (id)
    CROSS JOIN LATERAL (SELECT id FROM assets WHERE tenant_id = $1 AND id = wanted.id AND is_case LIMIT 1) AS a
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
