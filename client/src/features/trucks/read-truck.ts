import type { EventId, ProductId, PullListLineId, VehicleId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';
import {
  LINES_OF_EVENT,
  readEventLoad,
  STAND_INS_ON_EVENT,
  type StandIn,
} from '#platform/scanner/read-event-load.ts';
import { readAboard } from './read-aboard.ts';
import { readConfirmation } from './read-confirmation.ts';
import { FLEET_TABLES, readVehicle } from './read-fleet.ts';
import type { NotAboard, Truck } from './truck-view.ts';

export const TRUCK_TABLES = [
  ...FLEET_TABLES,
  'truck_packs',
  'truck_packs_overlay',
  'attachments',
  'attachment_queue',
  'pull_list_lines',
  'pull_list_lines_overlay',
  'line_fillings',
  'line_fillings_overlay',
  'users',
];

type Line = {
  readonly lineId: PullListLineId;
  readonly productId: ProductId;
  readonly productName: string;
  readonly wantedCount: number;
  readonly isLoose: number;
};

/** What a vehicle carries for an event, against what the event wants; null where one of them is not known here. */
export async function readTruck(
  replica: ReplicaReader,
  vehicleId: VehicleId,
  eventId: EventId,
): Promise<Truck | null> {
  const [vehicle, event, lines, load, fleet, confirmation, standIns] = await Promise.all([
    readVehicle(replica, vehicleId),
    replica.getOptional<{ name: string; loadAt: Instant | null }>(
      'SELECT name, load_at AS loadAt FROM events_now WHERE id = ?',
      [eventId],
    ),
    replica.getAll<Line>(LINES_OF_EVENT, [eventId]),
    readEventLoad(replica, eventId),
    replica.getAll<{ id: VehicleId }>('SELECT id FROM vehicles'),
    readConfirmation(replica, vehicleId, eventId),
    replica.getAll<StandIn>(STAND_INS_ON_EVENT, [eventId]),
  ]);
  if (!vehicle || !event) return null;
  const all = await readAboard(
    replica,
    fleet.map(({ id }) => id),
  );
  const here = all.units.filter((unit) => unit.vehicleId === vehicleId);
  const things = all.things.filter((thing) => thing.vehicleId === vehicleId);
  const productByLine = new Map(lines.map(({ lineId, productId }) => [lineId, productId]));
  const productByStandIn = new Map(
    standIns.map(({ assetId, lineId }) => [assetId, productByLine.get(lineId)]),
  );
  const loadedByProduct = countByProduct(
    all.units
      .filter((unit) => unit.eventId === eventId)
      .map(({ id, productId }) => ({ productId: productByStandIn.get(id) ?? productId })),
  );
  const wantedByProduct = new Map<ProductId, Line>();
  // Loose pieces have no labels to be scanned onto anything.
  for (const line of lines.filter(({ isLoose }) => isLoose === 0)) {
    const before = wantedByProduct.get(line.productId)?.wantedCount ?? 0;
    wantedByProduct.set(line.productId, { ...line, wantedCount: before + line.wantedCount });
  }
  const outByProduct = new Map<ProductId, number>();
  for (const { productId, outCount } of load.lines) {
    outByProduct.set(productId, (outByProduct.get(productId) ?? 0) + outCount);
  }
  const wanted = [...wantedByProduct.values()];
  return {
    vehicle,
    event: { id: eventId, ...event },
    aboard: things.filter((thing) => thing.eventId === eventId),
    contents: here.filter((unit) => unit.eventId === eventId).map(({ id }) => id),
    otherCount: here.filter((unit) => unit.eventId !== eventId).length,
    wantedCount: wanted.reduce((sum, line) => sum + line.wantedCount, 0),
    loadedCount: wanted.reduce(
      (sum, line) => sum + Math.min(line.wantedCount, loadedByProduct.get(line.productId) ?? 0),
      0,
    ),
    notAboard: wanted.flatMap((line) => notAboard(line, loadedByProduct, outByProduct)),
    weightGrams: things.reduce((sum, thing) => sum + thing.weightGrams, 0),
    unweighedCount: here.filter(({ productId }) => !all.gramsByProductId.has(productId)).length,
    confirmation,
  };
}

function countByProduct(units: readonly { readonly productId: ProductId }[]): Map<ProductId, number> {
  const counts = new Map<ProductId, number>();
  for (const { productId } of units) counts.set(productId, (counts.get(productId) ?? 0) + 1);
  return counts;
}

function notAboard(
  { productId, productName, wantedCount }: Line,
  loadedByProduct: ReadonlyMap<ProductId, number>,
  outByProduct: ReadonlyMap<ProductId, number>,
): NotAboard[] {
  const loaded = loadedByProduct.get(productId) ?? 0;
  const count = wantedCount - loaded;
  if (count <= 0) return [];
  const standing = Math.max(0, (outByProduct.get(productId) ?? 0) - loaded);
  return [{ productId, productName, count, standingCount: Math.min(count, standing) }];
}
