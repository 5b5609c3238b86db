import type { AssetId, EventId } from '#kernel/ids.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import type { Place } from '#ledger/asset-state.ts';
import type { Movement } from '#ledger/movement.ts';
import { knownPlace } from './known-place.ts';
import type { AssetIntent, ScannedAsset } from './operation.ts';
import { unpackedTo } from './reads-of.ts';
import type { Reason, WorkingSet } from './working-set.ts';

/** One fact that an intent states about one asset, before it is stamped with who, where and when. */
export type PlannedFact = Pick<
  Movement,
  'assetId' | 'disposition' | 'observed' | 'overrideReason' | 'note'
> & { readonly to: Place | null };

export type NoFacts =
  | { readonly kind: 'refused'; readonly reason: Reason }
  | { readonly kind: 'unknown_code'; readonly code: string; readonly eventId: EventId | null };

/** [OP2] [OP3] [OP4] What an intent states, about all its assets or about none. */
export function planFacts(
  intent: AssetIntent,
  workingSet: WorkingSet,
): Result<readonly PlannedFact[], NoFacts> {
  const destination = destinationOf(intent, workingSet);
  if (!destination.ok) return destination;
  const scanned = 'members' in intent ? intent.members : [intent.asset];
  const factsByAssetId = new Map<AssetId, PlannedFact>();
  for (const one of scanned) {
    const assetId = resolveAsset(one, workingSet);
    if (assetId === null) {
      const eventId = intent.kind === 'check_out' ? intent.eventId : null;
      return err({ kind: 'unknown_code', code: one.code, eventId });
    }
    if (factsByAssetId.has(assetId)) continue;
    factsByAssetId.set(assetId, {
      assetId,
      to: destination.value,
      disposition: intent.kind === 'check_in' ? intent.disposition : null,
      observed: one.observed,
      overrideReason: intent.kind === 'check_out' ? intent.overrideReason : null,
      note: noteOf(intent),
    });
  }
  return ok([...factsByAssetId.values()]);
}

/** The asset that the device named, if this tenant has it; else the one that its code leads to. */
function resolveAsset(scanned: ScannedAsset, workingSet: WorkingSet): AssetId | null {
  const assetId = scanned.assetId ?? workingSet.assetIdsByCode.get(scanned.code) ?? null;
  return assetId !== null && workingSet.assetsById.has(assetId) ? assetId : null;
}

function noteOf(intent: AssetIntent): string | null {
  switch (intent.kind) {
    case 'check_in':
    case 'release':
      return intent.note;
    case 'quarantine':
    case 'retire':
      return intent.reason;
    default:
      return null;
  }
}

/** Null where the intent says how things are and not where. */
function destinationOf(intent: AssetIntent, workingSet: WorkingSet): Result<Place | null, NoFacts> {
  switch (intent.kind) {
    case 'check_out':
      return placeOr({ kind: 'event', id: intent.eventId }, workingSet);
    case 'check_in':
    case 'move':
      return placeOr({ kind: 'location', id: intent.locationId }, workingSet);
    case 'pack':
      return placeOr({ kind: 'case', id: intent.caseId }, workingSet);
    case 'unpack': {
      const unpackedFrom = placeOr({ kind: 'case', id: intent.caseId }, workingSet);
      if (!unpackedFrom.ok) return unpackedFrom;
      const to = unpackedTo(intent);
      return to === null ? refused('unknown_location') : placeOr(to, workingSet);
    }
    case 'resolve':
      return placeOr(intent.place, workingSet);
    case 'quarantine':
    case 'release':
    case 'retire':
      return ok(null);
  }
}

function placeOr(place: Place, workingSet: WorkingSet): Result<Place, NoFacts> {
  const known = knownPlace(place, workingSet);
  return known.ok ? known : refused(known.error);
}

function refused(reason: Reason): Result<never, NoFacts> {
  return err({ kind: 'refused', reason });
}
