import type { AssetId, ProductId } from '@eventkit/shared/kernel/ids.ts';
import type { ReplicaReader } from './find-asset.ts';

/** Something inside a case, or in a case inside it. */
export type CaseMember = {
  readonly id: AssetId;
  readonly productId: ProductId;
  readonly isCase: boolean;
};

export const MEMBERS_OF_CASES = `SELECT a.id, a.product_id AS productId, a.is_case AS isCase FROM assets_now a
  WHERE a.place_kind = 'case' AND a.place_id IN (SELECT value FROM json_each(?))`;

/** Everything that goes where these cases go: one statement a level, each asset once, circles included. */
export async function readCaseContents(
  replica: ReplicaReader,
  caseIds: readonly AssetId[],
): Promise<CaseMember[]> {
  const membersById = new Map<AssetId, CaseMember>();
  const outer = new Set(caseIds);
  let level = caseIds;
  while (level.length > 0) {
    const rows = await replica.getAll<Omit<CaseMember, 'isCase'> & { readonly isCase: number }>(
      MEMBERS_OF_CASES,
      [JSON.stringify(level)],
    );
    const fresh = rows.filter(({ id }) => !membersById.has(id) && !outer.has(id));
    for (const row of fresh) membersById.set(row.id, { ...row, isCase: row.isCase === 1 });
    level = fresh.filter(({ isCase }) => isCase === 1).map(({ id }) => id);
  }
  return [...membersById.values()];
}
