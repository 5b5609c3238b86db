import type { SubjectFold } from '#operations/fold-subject.ts';
import type { RowOf } from '#schema/row-types.ts';
import { foldTruckPack } from './fold-truck-pack.ts';
import { vehicleOfSubject } from './transport-id.ts';

export type TransportFact = RowOf<'transport_facts'>;

/** What the facts about a vehicle, or about what it carries for an event, amount to. */
export function foldTransport(subjectId: string, facts: readonly TransportFact[]): SubjectFold {
  const { vehicleId, eventId } = vehicleOfSubject(subjectId);
  if (eventId !== null) return foldTruckPack({ id: subjectId, vehicleId, eventId }, facts);
  return { rows: [{ table: 'vehicle_states', row: vehicleState(subjectId, facts) }], conflicts: [] };
}

/** [TP2] */
function vehicleState(id: string, facts: readonly TransportFact[]): RowOf<'vehicle_states'> {
  const last = facts.at(-1);
  const isOnTheRoad = last?.kind === 'dispatch';
  return {
    id,
    on_road_since: isOnTheRoad ? last.effective_at : null,
    place_kind: isOnTheRoad ? null : (last?.place_kind ?? null),
    place_id: isOnTheRoad ? null : (last?.place_id ?? null),
    event_ids: last?.event_ids ?? '[]',
    last_fact_id: last?.id ?? null,
  };
}
