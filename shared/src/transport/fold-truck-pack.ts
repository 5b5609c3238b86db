import type { ConflictId, EventId, MovementId, VehicleId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Conflict } from '#ledger/conflict.ts';
import type { SubjectFold } from '#operations/fold-subject.ts';
import type { RowOf } from '#schema/row-types.ts';
import { subjectKey } from '#schema/subject-ledgers.ts';
import type { TransportFact } from './fold-transport.ts';
import { listMark } from './list-mark.ts';
import type { PackChange, Witness } from './truck-pack.ts';

type Pack = { readonly id: string; readonly vehicleId: VehicleId; readonly eventId: EventId };

/** One way of a vehicle with what it carries for an event, as it is told so far. */
type Trip = {
  confirmation: TransportFact | null;
  /** What is on it by the confirmed list and what came and went since. */
  readonly onBoard: Set<string>;
  readonly witnesses: Witness[];
  readonly changes: PackChange[];
  endedAt: string | null;
};

/** [TP3] [TP4] [TP5] The newest trip, and every change after a confirmation that there was. */
export function foldTruckPack(pack: Pack, facts: readonly TransportFact[]): SubjectFold {
  const conflicts: Conflict[] = [];
  let trip = newTrip();
  for (const fact of facts) {
    if (trip.endedAt !== null) {
      if (fact.kind === 'arrive' || fact.kind === 'unload') continue;
      trip = newTrip();
    }
    if (endsTrip(pack, fact)) {
      settleOpen(conflicts, fact);
      trip.endedAt = fact.effective_at;
    } else if (fact.kind === 'confirm_truck_pack') {
      settleOpen(conflicts, fact);
      confirm(trip, fact);
    } else {
      const change = changeOf(trip, fact);
      if (change !== null) {
        trip.changes.push(change);
        conflicts.push(truckChanged(pack, trip.confirmation, fact, change));
      }
    }
  }
  return { rows: [{ table: 'truck_packs', row: packRow(pack, trip, facts.at(-1)) }], conflicts };
}

function newTrip(): Trip {
  return { confirmation: null, onBoard: new Set(), witnesses: [], changes: [], endedAt: null };
}

function endsTrip({ eventId }: Pack, fact: TransportFact): boolean {
  return fact.kind === 'arrive' || (fact.kind === 'unload' && fact.place_id === eventId);
}

function confirm(trip: Trip, fact: TransportFact): void {
  if (trip.confirmation === null) {
    trip.confirmation = fact;
    for (const id of contentsOf(fact)) trip.onBoard.add(id);
    return;
  }
  const isSameList = listMark(contentsOf(fact)) === listMark(contentsOf(trip.confirmation));
  trip.witnesses.push({
    factId: fact.id,
    by: fact.recorded_by ?? '',
    at: (fact.effective_at ?? '') as Instant,
    isSameList,
  });
}

function changeOf(trip: Trip, fact: TransportFact): PackChange | null {
  const assetId = fact.asset_id;
  if (trip.confirmation === null || assetId === null) return null;
  const { onBoard } = trip;
  if (fact.kind === 'load' && !onBoard.has(assetId)) onBoard.add(assetId);
  else if (fact.kind === 'unload' && onBoard.has(assetId)) onBoard.delete(assetId);
  else return null;
  return { factId: fact.id, kind: fact.kind, assetId };
}

function settleOpen(conflicts: Conflict[], by: TransportFact): void {
  for (const [index, conflict] of conflicts.entries()) {
    if (conflict.status !== 'open') continue;
    conflicts[index] = { ...conflict, status: 'settled', settledByMovementId: by.id as MovementId };
  }
}

function truckChanged(
  { id, eventId }: Pack,
  confirmation: TransportFact | null,
  fact: TransportFact,
  change: PackChange,
): Conflict {
  return {
    id: `truck_changed:${confirmation?.id}:${fact.id}` as ConflictId,
    class: 'truck_changed',
    status: 'open',
    assetId: null,
    otherAssetId: null,
    firstMovementId: (confirmation?.id ?? null) as MovementId | null,
    secondMovementId: fact.id as MovementId,
    settledByMovementId: null,
    operationId: null,
    eventId,
    code: null,
    subject: subjectKey({ ledger: 'transport', id }),
    detail: JSON.stringify(change),
    openedAt: fact.effective_at as Instant,
  };
}

function packRow(
  { id, vehicleId, eventId }: Pack,
  { confirmation, witnesses, changes, endedAt }: Trip,
  last: TransportFact | undefined,
): RowOf<'truck_packs'> {
  return {
    id,
    vehicle_id: vehicleId,
    event_id: eventId,
    confirmation_id: confirmation?.id ?? null,
    confirmed_by: confirmation?.recorded_by ?? null,
    confirmed_at: confirmation?.effective_at ?? null,
    contents: confirmation?.contents ?? null,
    list_mark: confirmation === null ? null : listMark(contentsOf(confirmation)),
    left_behind: confirmation?.left_behind ?? null,
    witnesses: JSON.stringify(witnesses),
    changes: JSON.stringify(changes),
    ended_at: endedAt,
    last_fact_id: last?.id ?? null,
  };
}

function contentsOf({ contents }: TransportFact): readonly string[] {
  return contents === null ? [] : (JSON.parse(contents) as string[]);
}
