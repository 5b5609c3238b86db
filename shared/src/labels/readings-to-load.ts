import type { AssetId } from '#kernel/ids.ts';
import type { Movement } from '#ledger/movement.ts';
import { rowsOf } from '#operations/subject-state.ts';
import type { ReadRequest, WorkingSet } from '#operations/working-set.ts';
import { type Subject, subjectKey } from '#schema/subject-ledgers.ts';

/** The labels whose history may change. */
export function changingLabels(subjects: readonly Subject[]): string[] {
  return subjects.flatMap(({ ledger, id }) => (ledger === 'labels' ? [id] : []));
}

/** [OP1] The codes whose labels are needed: what the device named by a label without facts needs none of it. */
export function codesToLoad(
  { unnamedCodes }: Pick<ReadRequest, 'unnamedCodes'>,
  withFacts: readonly string[],
  subjects: readonly Subject[],
  readBefore: readonly Movement[],
): string[] {
  const before = readBefore.flatMap(({ code }) => code ?? []);
  return [...new Set([...unnamedCodes, ...withFacts, ...changingLabels(subjects), ...before])];
}

/** [OP1] Every asset that one of these movements may turn out to be about, or is tied to. */
export function assetsOfReadings(
  codes: readonly string[],
  readBefore: readonly Movement[],
  { subjectsByKey, assetIdsByCode }: WorkingSet,
): AssetId[] {
  const ofLabels = codes.flatMap((id) => {
    const label = subjectsByKey.get(subjectKey({ ledger: 'labels', id }));
    if (label === undefined) return [];
    return [
      ...rowsOf(label, 'label_facts').map(({ asset_id }) => asset_id),
      ...rowsOf(label, 'labels').flatMap((row) => [
        row.asset_id,
        row.baseline_kind === 'asset' ? row.baseline_id : null,
      ]),
    ];
  });
  const ofMovements = readBefore.flatMap(({ assetId, namedAssetId, to }) => [
    assetId,
    namedAssetId,
    to?.kind === 'case' ? to.id : null,
  ]);
  const ids = [...ofLabels, ...ofMovements, ...assetIdsByCode.values()];
  return [...new Set(ids)].filter((id): id is AssetId => id !== null);
}
