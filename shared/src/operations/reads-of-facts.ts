import type { Place } from '#ledger/asset-state.ts';
import type { AssetIntent } from './operation.ts';
import { statedFacts } from './stated-facts.ts';
import { joinReads, type ReadRequest, readNothing } from './working-set.ts';

/** [OP1] What must be loaded before facts about assets can be decided. */
export function readsOfFacts(intent: AssetIntent): ReadRequest {
  const { scanned, to, besides } = statedFacts(intent);
  const places = readsOfPlaces(to === null || to === 'untold' ? besides : [...besides, to]);
  const assetIds = scanned.flatMap(({ assetId }) => (assetId === null ? [] : [assetId]));
  return {
    ...places,
    assetIds: [...assetIds, ...places.assetIds],
    // By hand or not: where this company has no such asset, the code stands for what was read.
    codes: scanned.map(({ code }) => code),
    unnamedCodes: scanned.flatMap(({ assetId, code }) => (assetId === null ? [code] : [])),
  };
}

/** What must be loaded to know that these places exist. */
export function readsOfPlaces(places: readonly Place[]): ReadRequest {
  return joinReads(places.map(readsOfPlace));
}

function readsOfPlace(place: Place): ReadRequest {
  switch (place.kind) {
    case 'location':
      return { ...readNothing, locationIds: [place.id] };
    case 'event':
      return { ...readNothing, eventIds: [place.id] };
    case 'vehicle':
      return { ...readNothing, vehicleIds: [place.id] };
    case 'case':
      return { ...readNothing, assetIds: [place.id] };
  }
}
