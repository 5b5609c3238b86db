import type { AssetId, EventId, VehicleId } from '#kernel/ids.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import type { Place } from '#ledger/asset-state.ts';
import { knownPlace } from '#operations/known-place.ts';
import type { Load, Unload } from '#operations/operation.ts';
import type { PlannedSubjectFact } from '#operations/plan-subject-facts.ts';
import type { Reason, WorkingSet } from '#operations/working-set.ts';
import type { Subject } from '#schema/subject-ledgers.ts';
import type { TransportFact } from './fold-transport.ts';
import { packIdOf } from './transport-id.ts';
import type { TransportIntent } from './transport-intents.ts';

/** [TP1] The vehicle and the packs that an intent speaks of. */
export function transportSubjectsOf(intent: TransportIntent | Load | Unload): Subject[] {
  const { vehicleId } = intent;
  const packs = eventIdsOf(intent).map((eventId) => packOf(vehicleId, eventId));
  const isOfVehicle = intent.kind === 'dispatch' || intent.kind === 'arrive';
  return isOfVehicle ? [{ ledger: 'transport', id: vehicleId }, ...packs] : packs;
}

/** What must exist for the intent to be taken. */
export function placesOf(intent: TransportIntent): Place[] {
  const events = eventIdsOf(intent).map((id): Place => ({ kind: 'event', id }));
  const places = intent.kind === 'arrive' ? [...events, intent.place] : events;
  return [{ kind: 'vehicle', id: intent.vehicleId }, ...places];
}

/** [TP1] [TP6] One fact for each subject. */
export function planTransportFacts(
  intent: TransportIntent,
  workingSet: WorkingSet,
): Result<readonly PlannedSubjectFact[], Reason> {
  for (const place of placesOf(intent)) {
    const known = knownPlace(place, workingSet);
    if (!known.ok) return err(known.error);
  }
  const matter = { ...noMatter, ...matterOf(intent) };
  return ok(transportSubjectsOf(intent).map((subject) => ({ subject, matter })));
}

/** [TP1] What a load or an unload of an asset says of the pack; nothing where it is for no event. */
export function packFactsOf(intent: Load | Unload, assetId: AssetId): PlannedSubjectFact[] {
  const place = intent.kind === 'unload' ? intent.place : null;
  const matter = { ...noMatter, asset_id: assetId, ...placeMatter(place) };
  return transportSubjectsOf(intent).map((subject) => ({ subject, matter }));
}

type Matter = Pick<
  TransportFact,
  'asset_id' | 'place_kind' | 'place_id' | 'event_ids' | 'contents' | 'left_behind'
>;

const noMatter: Matter = {
  asset_id: null,
  place_kind: null,
  place_id: null,
  event_ids: null,
  contents: null,
  left_behind: null,
};

function matterOf(intent: TransportIntent): Partial<Matter> {
  switch (intent.kind) {
    case 'dispatch':
      return { event_ids: JSON.stringify(intent.eventIds) };
    case 'arrive':
      return { event_ids: JSON.stringify(intent.eventIds), ...placeMatter(intent.place) };
    case 'confirm_truck_pack':
      return { contents: JSON.stringify(intent.contents), left_behind: JSON.stringify(intent.leftBehind) };
  }
}

function placeMatter(place: Place | null): Pick<Matter, 'place_kind' | 'place_id'> {
  return { place_kind: place?.kind ?? null, place_id: place?.id ?? null };
}

function eventIdsOf(intent: TransportIntent | Load | Unload): readonly EventId[] {
  if ('eventIds' in intent) return [...new Set(intent.eventIds)];
  return intent.eventId === null ? [] : [intent.eventId];
}

function packOf(vehicleId: VehicleId, eventId: EventId): Subject {
  return { ledger: 'transport', id: packIdOf(vehicleId, eventId) };
}
