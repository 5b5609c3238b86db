import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { AssetStatus } from '@eventkit/shared/ledger/asset-state.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';

/** Something that lies directly in a case. */
export type PackedThing = {
  readonly id: AssetId;
  readonly code: string;
  readonly productName: string;
  readonly isCase: boolean;
  readonly status: AssetStatus;
  readonly lastMovedAt: Instant | null;
};

export const THINGS_IN_CASE = `SELECT a.id, a.code, a.status, a.is_case AS isCase, a.last_moved_at AS lastMovedAt,
  coalesce(p.name, '') AS productName FROM assets_now a LEFT JOIN products p ON p.id = a.product_id
  WHERE a.place_kind = 'case' AND a.place_id = ?`;

type Row = Omit<PackedThing, 'isCase'> & { readonly isCase: number };

/** What a case holds at its first level, the last packed first. */
export async function readPackedThings(replica: ReplicaReader, caseId: AssetId): Promise<PackedThing[]> {
  return packedThingsOf(await replica.getAll<Row>(THINGS_IN_CASE, [caseId]));
}

export function packedThingsOf(rows: readonly Row[]): PackedThing[] {
  return rows
    .map((row) => ({ ...row, isCase: row.isCase === 1 }))
    .sort(
      (a, b) =>
        (b.lastMovedAt ?? '').localeCompare(a.lastMovedAt ?? '') ||
        a.code.localeCompare(b.code, 'en', { numeric: true }),
    );
}
