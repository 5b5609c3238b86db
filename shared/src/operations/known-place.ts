import { err, ok, type Result } from '#kernel/result.ts';
import type { Place } from '#ledger/asset-state.ts';
import type { Reason, WorkingSet } from './working-set.ts';

/** [OP2] [OP3] The place, if this tenant has it. */
export function knownPlace(place: Place, workingSet: WorkingSet): Result<Place, Reason> {
  switch (place.kind) {
    case 'event':
      return workingSet.knownEventIds.has(place.id) ? ok(place) : err('unknown_event');
    case 'location':
      return workingSet.knownLocationIds.has(place.id) ? ok(place) : err('unknown_location');
    case 'vehicle':
      return workingSet.knownVehicleIds.has(place.id) ? ok(place) : err('unknown_vehicle');
    case 'case':
      return workingSet.assetsById.get(place.id)?.isCase === true ? ok(place) : err('not_a_case');
  }
}
