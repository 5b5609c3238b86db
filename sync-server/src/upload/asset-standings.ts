import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { type HistoryPart, type KeptStanding, LEDGER_RULES } from '@eventkit/shared/ledger/kept-standing.ts';
import type { WorkingSet } from '@eventkit/shared/operations/working-set.ts';

/** From when to when the facts of a batch happened, those included that it takes back. */
export type Span = { readonly earliest: Instant; readonly latest: Instant };

/** Finds the standings next to the span, before and after, of assets that have some. They must be locked. */
export async function loadParts(
  tx: TenantTransaction,
  tenantId: string,
  assetIds: readonly AssetId[],
  { earliest, latest }: Span,
  { partsByAssetId }: WorkingSet,
): Promise<void> {
  if (assetIds.length === 0) return;
  const { rows } = await tx.query<StandingRow>({
    name: 'select-standings',
    text: SELECT_STANDINGS,
    values: [tenantId, assetIds, earliest, latest, LEDGER_RULES],
  });
  for (const { side, asset_id, as_of, content } of rows) {
    const part = partsByAssetId.get(asset_id) ?? { from: null, until: null };
    partsByAssetId.set(asset_id, { ...part, [side]: { assetId: asset_id, asOf: as_of, ...content } });
  }
}

type StandingRow = {
  readonly side: keyof HistoryPart;
  readonly asset_id: AssetId;
  readonly as_of: Instant;
  readonly content: Pick<KeptStanding, 'standing' | 'open'>;
};

/** What becomes of the standings of assets that a batch changed. */
export type StandingChanges = {
  /** Those within the part that was folded anew hold no longer. */
  readonly folded: readonly { readonly assetId: AssetId; readonly part: HistoryPart }[];
  readonly kept: readonly KeptStanding[];
};

export function writeStandings(
  tx: TenantTransaction,
  tenantId: string,
  { folded, kept }: StandingChanges,
): Promise<unknown>[] {
  const sent: Promise<unknown>[] = [];
  if (folded.length > 0) {
    const rows = folded.map(({ assetId, part }) => ({
      asset_id: assetId,
      from: part.from?.asOf ?? null,
      until: part.until?.asOf ?? null,
    }));
    const values = [tenantId, JSON.stringify(rows), LEDGER_RULES];
    sent.push(tx.query({ name: 'delete-standings', text: DELETE_STANDINGS, values }));
  }
  if (kept.length > 0) {
    const rows = kept.map(({ assetId, asOf, standing, open }) => ({
      asset_id: assetId,
      as_of: asOf,
      content: { standing, open },
    }));
    const values = [tenantId, JSON.stringify(rows), LEDGER_RULES];
    sent.push(tx.query({ name: 'insert-standings', text: INSERT_STANDINGS, values }));
  }
  return sent;
}

/** The instants between which `select-movements` looks, for each asset; the same as of the standings found here. */
export const PART_OF_ASSET = `
  SELECT
    (SELECT max(as_of) FROM asset_standings
      WHERE tenant_id = $1 AND asset_id = wanted.id AND as_of < $3 AND rules = $5) AS from_instant,
    (SELECT min(as_of) FROM asset_standings
      WHERE tenant_id = $1 AND asset_id = wanted.id AND as_of >= $4 AND rules = $5) AS until_instant`;

const SELECT_STANDINGS = `
  SELECT kept.side, wanted.id AS asset_id, kept.as_of, kept.content FROM unnest($2::uuid[]) AS wanted (id)
  CROSS JOIN LATERAL (
    (SELECT 'from' AS side, as_of, content FROM asset_standings
      WHERE tenant_id = $1 AND asset_id = wanted.id AND as_of < $3 AND rules = $5 ORDER BY as_of DESC LIMIT 1)
    UNION ALL
    (SELECT 'until', as_of, content FROM asset_standings
      WHERE tenant_id = $1 AND asset_id = wanted.id AND as_of >= $4 AND rules = $5 ORDER BY as_of LIMIT 1)
  ) AS kept`;

const DELETE_STANDINGS = `
  DELETE FROM asset_standings s
  USING json_to_recordset($2::json) AS r (asset_id uuid, "from" timestamptz, until timestamptz)
  WHERE s.tenant_id = $1 AND s.asset_id = r.asset_id
    AND s.as_of > coalesce(r."from", '-infinity') AND (s.as_of < coalesce(r.until, 'infinity') OR s.rules <> $3)`;

const INSERT_STANDINGS = `
  INSERT INTO asset_standings (tenant_id, asset_id, as_of, rules, content)
  SELECT $1, asset_id, as_of, $3, content
  FROM json_to_recordset($2::json) AS r (asset_id uuid, as_of timestamptz, content jsonb)
  ON CONFLICT (tenant_id, asset_id, as_of) DO UPDATE SET rules = excluded.rules, content = excluded.content`;
