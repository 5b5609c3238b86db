import type { Told } from './ledger-oracle.ts';

/** What vehicles and truck packs must come to, worked out a second time from what was told. */
export type ExpectedTransport = {
  /** `<vehicle>` to `<on the road since> <place>`, and `<vehicle>:<event>` to `<confirmation> <changes> <witnesses>`. */
  readonly bySubject: ReadonlyMap<string, string>;
  /** `<id> <status>` of every change after a confirmation. */
  readonly conflicts: readonly string[];
};

type Trip = {
  confirmation: string | null;
  aboard: Set<string>;
  changes: number;
  witnesses: number;
  over: boolean;
};

/** `assetIdOf` leads from what was scanned to the asset, null for a code of nothing. */
export function expectTransport(
  told: readonly Told[],
  assetIdOf: (scanned: { readonly code: string; readonly assetId: string | null }) => string | null,
): ExpectedTransport {
  const undone = new Set(
    told.flatMap(({ operation: { intent, deviceId } }) =>
      intent.kind === 'undo' ? [`${intent.operationId} ${deviceId}`] : [],
    ),
  );
  const order = ({ effectiveAt, operation }: Told) =>
    `${effectiveAt} ${operation.deviceId} ${String(operation.sequence).padStart(16, '0')}`;
  const bySubject = new Map<string, string>();
  const trips = new Map<string, Trip>();
  const conflicts: { readonly id: string; readonly pack: string; status: string }[] = [];
  for (const { operation, effectiveAt } of told.toSorted((a, b) => (order(a) < order(b) ? -1 : 1))) {
    const { intent } = operation;
    const counts = !undone.has(`${operation.id} ${operation.deviceId}`);
    if (intent.kind === 'dispatch' || intent.kind === 'arrive') {
      if (!bySubject.has(intent.vehicleId)) bySubject.set(intent.vehicleId, 'null null');
      if (counts) {
        const now = intent.kind === 'dispatch' ? `${effectiveAt} null` : `null ${intent.place.id}`;
        bySubject.set(intent.vehicleId, now);
      }
    }
    for (const [index, pack] of packsOf(intent).entries()) {
      const first = intent.kind === 'dispatch' || intent.kind === 'arrive' ? 1 : 0;
      const assetId = 'asset' in intent ? assetIdOf(intent.asset) : null;
      if ('asset' in intent && assetId === null) continue;
      const trip = trips.get(pack) ?? newTrip();
      trips.set(pack, counts ? step(pack, trip, `${operation.id}:${index + first}`, intent, assetId) : trip);
    }
  }
  for (const [pack, { confirmation, changes, witnesses }] of trips) {
    bySubject.set(pack, `${confirmation} ${changes} ${witnesses}`);
  }
  return { bySubject, conflicts: conflicts.map(({ id, status }) => `${id} ${status}`) };

  function step(
    pack: string,
    before: Trip,
    factId: string,
    intent: Told['operation']['intent'],
    assetId: string | null,
  ): Trip {
    const comesHome = intent.kind === 'unload' && `${intent.vehicleId}:${intent.place.id}` === pack;
    if (before.over && (intent.kind === 'arrive' || intent.kind === 'unload')) return before;
    const trip = before.over ? newTrip() : before;
    if (intent.kind === 'arrive' || comesHome || intent.kind === 'confirm_truck_pack') {
      for (const conflict of conflicts) if (conflict.pack === pack) conflict.status = 'settled';
    }
    if (intent.kind === 'arrive' || comesHome) trip.over = true;
    else if (intent.kind === 'confirm_truck_pack' && trip.confirmation !== null) trip.witnesses += 1;
    else if (intent.kind === 'confirm_truck_pack') {
      trip.confirmation = factId;
      trip.aboard = new Set(intent.contents);
    } else if (trip.confirmation !== null && assetId !== null) {
      const isLoaded = intent.kind === 'load';
      if (trip.aboard.has(assetId) === isLoaded) return trip;
      if (isLoaded) trip.aboard.add(assetId);
      else trip.aboard.delete(assetId);
      trip.changes += 1;
      conflicts.push({ id: `truck_changed:${trip.confirmation}:${factId}`, pack, status: 'open' });
    }
    return trip;
  }
}

function newTrip(): Trip {
  return { confirmation: null, aboard: new Set(), changes: 0, witnesses: 0, over: false };
}

/** The packs that an operation speaks of, each once. */
function packsOf(intent: Told['operation']['intent']): string[] {
  if (intent.kind === 'dispatch' || intent.kind === 'arrive') {
    return [...new Set(intent.eventIds)].map((id) => `${intent.vehicleId}:${id}`);
  }
  if (intent.kind !== 'load' && intent.kind !== 'unload' && intent.kind !== 'confirm_truck_pack') return [];
  return intent.eventId === null ? [] : [`${intent.vehicleId}:${intent.eventId}`];
}
