import type { AssetId, EventId } from '#kernel/ids.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import type { Place } from '#ledger/asset-state.ts';
import type { Movement } from '#ledger/movement.ts';
import { knownPlace } from './known-place.ts';
import type { AssetIntent, ScannedAsset } from './operation.ts';
import { type Details, type StatedFacts, statedFacts } from './stated-facts.ts';
import type { Reason, WorkingSet } from './working-set.ts';

/** One fact that an intent states about one asset, before it is stamped with who, where and when. */
export type PlannedFact = Details & Pick<Movement, 'assetId' | 'observed'> & { readonly to: Place | null };

export type NoFacts =
  | { readonly kind: 'refused'; readonly reason: Reason }
  | { readonly kind: 'unknown_code'; readonly code: string; readonly eventId: EventId | null };

/** [OP2] [OP3] [OP4] What an intent states, about all its assets or about none. */
export function planFacts(
  intent: AssetIntent,
  workingSet: WorkingSet,
): Result<readonly PlannedFact[], NoFacts> {
  const stated = statedFacts(intent);
  const { to } = stated;
  const unknown = [...stated.besides, to].map((place) => problemOf(place, workingSet)).find(Boolean);
  if (unknown) return refused(unknown);
  if (to === 'untold') return refused('unknown_location');
  const factsByAssetId = new Map<AssetId, PlannedFact>();
  for (const one of stated.scanned) {
    const assetId = resolveAsset(one, workingSet);
    if (assetId === null) return err({ kind: 'unknown_code', code: one.code, eventId: stated.seenFor });
    if (isNoCase(stated, assetId, workingSet)) return refused('not_a_case');
    if (factsByAssetId.has(assetId)) continue;
    factsByAssetId.set(assetId, { ...stated.details, assetId, to, observed: one.observed });
  }
  return ok([...factsByAssetId.values()]);
}

/** The asset that the device named, if this tenant has it; else the one that its code leads to. */
function resolveAsset(scanned: ScannedAsset, workingSet: WorkingSet): AssetId | null {
  const assetId = scanned.assetId ?? workingSet.assetIdsByCode.get(scanned.code) ?? null;
  return assetId !== null && workingSet.assetsById.has(assetId) ? assetId : null;
}

function isNoCase({ isOfCases }: StatedFacts, assetId: AssetId, { assetsById }: WorkingSet): boolean {
  return isOfCases && assetsById.get(assetId)?.isCase !== true;
}

function problemOf(place: StatedFacts['to'], workingSet: WorkingSet): Reason | null {
  if (place === null || place === 'untold') return null;
  const known = knownPlace(place, workingSet);
  return known.ok ? null : known.error;
}

function refused(reason: Reason): Result<never, NoFacts> {
  return err({ kind: 'refused', reason });
}
