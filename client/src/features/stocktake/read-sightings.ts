import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { labelHistoryOf } from '@eventkit/shared/labels/label-history.ts';
import { assetsOfReadings } from '@eventkit/shared/labels/readings-to-load.ts';
import { whatWasRead } from '@eventkit/shared/labels/what-was-read.ts';
import { unknownSubject } from '@eventkit/shared/operations/subject-state.ts';
import { emptyWorkingSet, type WorkingSet } from '@eventkit/shared/operations/working-set.ts';
import { type AssetRow, assetOfRow } from '@eventkit/shared/schema/ledger-rows.ts';
import type { RowOf } from '@eventkit/shared/schema/row-types.ts';
import { subjectKey } from '@eventkit/shared/schema/subject-ledgers.ts';
import { loadSubjects } from '#platform/operations/load-subjects.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';
import { ASSETS_BY_ID } from './read-books.ts';

/** The line of a code that led nowhere when it was counted, of which is known by now what it was on. */
export type Sighting = {
  readonly assetId: AssetId;
  readonly line: RowOf<'count_lines'>;
  /** When somebody said so after the count; null where it was known somewhere all along. */
  readonly saidAt: Instant | null;
};

/** [ST17] What the codes among these lines turned out to be; of what is to be counted again, as of `until`. */
export async function readSightings(
  replica: ReplicaReader,
  lines: readonly RowOf<'count_lines'>[],
  until: Instant,
): Promise<Sighting[]> {
  const ofCodes = lines.filter(({ thing }) => thing === 'code');
  if (ofCodes.length === 0) return [];
  const known = await loadLabels(replica, [...new Set(ofCodes.flatMap(({ code }) => code ?? []))]);
  return ofCodes.flatMap((line): Sighting[] => {
    const { code } = line;
    const effectiveAt = (line.counted_at ?? until) as Instant;
    // A count says no more of a thing than a move does: that it is there.
    const read = whatWasRead({ code, namedAssetId: null, effectiveAt, kind: 'move' }, known);
    if (read.assetId === null) return [];
    const label = known.subjectsByKey.get(subjectKey({ ledger: 'labels', id: code ?? '' }));
    const said = labelHistoryOf(label ?? unknownSubject).facts.find(({ id }) => id === read.saidBy);
    return [{ assetId: read.assetId, line, saidAt: (said?.effective_at ?? null) as Instant | null }];
  });
}

/** Of several sightings of a thing the last one counts; what is to be counted again is none. */
export function lastByAsset(sightings: readonly Sighting[]): ReadonlyMap<AssetId, Sighting> {
  const last = new Map<AssetId, Sighting>();
  for (const sighting of sightings) {
    const at = sighting.line.counted_at;
    if (at === null) continue;
    if ((last.get(sighting.assetId)?.line.counted_at ?? '') <= at) last.set(sighting.assetId, sighting);
  }
  return last;
}

async function loadLabels(replica: ReplicaReader, codes: readonly string[]): Promise<WorkingSet> {
  const known = emptyWorkingSet();
  await loadSubjects(
    replica,
    codes.map((id) => ({ ledger: 'labels', id })),
    known,
  );
  const own = await replica.getAll<{ id: AssetId; code: string }>(ASSETS_BY_OWN_CODE, [
    JSON.stringify(codes),
  ]);
  for (const { id, code } of own) known.assetIdsByCode.set(code, id);
  const ids = assetsOfReadings(codes, [], known);
  const assets = await replica.getAll<AssetRow>(ASSETS_BY_ID, [JSON.stringify(ids)]);
  for (const row of assets) known.assetsById.set(row.id as AssetId, assetOfRow(row));
  return known;
}

export const ASSETS_BY_OWN_CODE =
  'SELECT id, code FROM assets WHERE code IN (SELECT value FROM json_each(?))';
