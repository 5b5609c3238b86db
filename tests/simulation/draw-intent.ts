import type { Replica } from '@eventkit/client/platform/replica/replica.ts';
import type {
  AssetId,
  ConflictId,
  EventId,
  PullListLineId,
  StorageLocationId,
  VehicleId,
} from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import type { Disposition, Intent, Operation } from '@eventkit/shared/operations/operation.ts';
import { drawEdit } from './draw-edit.ts';
import { drawLabel, readLabel } from './draw-label.ts';
import { drawStocktake } from './draw-stocktake.ts';
import type { RandomSource } from './random-source.ts';
import { scanOf } from './scan-of.ts';
import type { WorkArea } from './work-area.ts';

/** Something that a person with this device might do now, with what the device shows of the things. */
export async function drawIntent(
  replica: Replica,
  area: WorkArea,
  done: readonly Operation[],
  random: RandomSource,
): Promise<Intent> {
  const anything = [...area.assetIds, ...area.caseIds];
  // Now and then another label of the thing is read.
  const scan = async (id: AssetId) =>
    random.chance(0.08) ? readLabel(replica, area, random) : scanOf(replica, id);
  const kind = random.next();
  if (kind < 0.345) {
    const asset = await scan(random.pick(anything));
    return { kind: 'check_out', asset, eventId: random.pick<EventId>(area.eventIds), overrideReason: null };
  }
  const locationId = random.pick<StorageLocationId>(area.locationIds);
  if (kind < 0.36) return drawFilling(area, random);
  if (kind < 0.42) {
    const edit = await drawEdit(replica, area, random);
    if (edit !== null) return edit;
  }
  if (kind < 0.6) {
    const asset = await scan(random.pick(anything));
    const disposition = random.pick<Disposition>(['ok', 'ok', 'ok', 'damaged', 'lost']);
    return { kind: 'check_in', asset, locationId, disposition, note: null };
  }
  if (kind < 0.7) return { kind: 'move', asset: await scan(random.pick(anything)), locationId };
  if (kind < 0.72) {
    const open = await findOpenConflict(replica);
    if (open !== null) {
      const asset = await scan(open.asset_id);
      const place = asset.observed?.place ?? { kind: 'location' as const, id: locationId };
      return { kind: 'resolve', asset, conflictId: open.id, place };
    }
  }
  if (kind < 0.745) {
    // What is disputed is looked at, too, and not only scanned somewhere.
    const disputed = random.chance(0.5) ? await findOpenConflict(replica) : null;
    const asset = await scan(disputed?.asset_id ?? random.pick(anything));
    return random.chance(0.6)
      ? { kind: random.chance(0.8) ? 'quarantine' : 'retire', asset, reason: 'rattles' }
      : { kind: 'release', asset, note: null };
  }
  if (kind < 0.765) return drawLabel(replica, area, random);
  if (kind < 0.785) return drawBulk(area, random);
  if (kind < 0.815) return drawTransport(replica, area, random);
  if (kind < 0.83) return drawJudgement(replica, area, random);
  if (kind < 0.86 && done.length > 0) return { kind: 'undo', operationId: random.pick(done.slice(-3)).id };
  const caseId = random.pick<AssetId>(area.caseIds);
  const members = await Promise.all([1, 2, 3].map(() => scan(random.pick(anything))));
  if (kind < 0.91) return { kind: 'pack', caseId, members };
  if (kind < 0.97) return drawStocktake(replica, area, random, scan);
  return { kind: 'unpack', caseId, members, locationId, casePlace: null };
}

function findOpenConflict(replica: Replica) {
  return replica.getOptional<{ id: ConflictId; asset_id: AssetId }>(
    "SELECT id, asset_id FROM conflicts_now WHERE status = 'open' AND asset_id IS NOT NULL ORDER BY id LIMIT 1",
  );
}

/** Onto a vehicle for an event, off it there or at home, or seen where nobody thought it was. */
async function drawTransport(replica: Replica, area: WorkArea, random: RandomSource): Promise<Intent> {
  const asset = await scanOf(replica, random.pick<AssetId>([...area.assetIds, ...area.caseIds]));
  const vehicleId = random.pick<VehicleId>(area.vehicleIds);
  const eventId = random.pick<EventId>(area.eventIds);
  const shelf = { kind: 'location', id: random.pick<StorageLocationId>(area.locationIds) } as const;
  const kind = random.next();
  if (kind < 0.15) return drawTrip(area, vehicleId, eventId, random);
  if (kind < 0.55) {
    return {
      kind: 'load',
      asset,
      vehicleId,
      eventId: random.chance(0.8) ? eventId : null,
      overrideReason: null,
      contents: random.chance(0.3) ? area.assetIds.slice(0, 2) : [],
    };
  }
  const place = random.chance(0.5) ? shelf : ({ kind: 'event', id: eventId } as const);
  return kind < 0.85
    ? { kind: 'unload', asset, vehicleId, eventId: random.chance(0.8) ? eventId : null, place }
    : { kind: 'found', asset, place, note: null };
}

/** Somebody answers for what is on board, leaves, or stands somewhere. */
function drawTrip(area: WorkArea, vehicleId: VehicleId, eventId: EventId, random: RandomSource): Intent {
  const kind = random.next();
  if (kind < 0.6) {
    const contents = area.assetIds.filter(() => random.chance(0.4));
    return { kind: 'confirm_truck_pack', vehicleId, eventId, contents, leftBehind: [] };
  }
  if (kind < 0.8) return { kind: 'dispatch', vehicleId, eventIds: [eventId] };
  return { kind: 'arrive', vehicleId, place: { kind: 'event', id: eventId }, eventIds: [eventId] };
}

/** Repairs, inspections and seals. */
async function drawJudgement(replica: Replica, area: WorkArea, random: RandomSource): Promise<Intent> {
  const asset = await scanOf(replica, random.pick<AssetId>([...area.assetIds, ...area.caseIds]));
  const theCase = await scanOf(replica, random.pick<AssetId>(area.caseIds));
  const kind = random.next();
  if (kind < 0.25) return { kind: 'repair_start', asset, note: null };
  if (kind < 0.5) {
    return { kind: 'repair_done', asset, note: 'new lamp', inspectionDueAt: random.pick([longAgo, null]) };
  }
  if (kind < 0.7) {
    const outcome = random.chance(0.7) ? 'passed' : 'failed';
    const inspectionDueAt = random.pick([longAgo, farAhead, null]);
    return { kind: 'inspection_result', asset, outcome, note: 'insulation', inspectionDueAt };
  }
  return random.chance(0.6)
    ? { kind: 'seal', asset: theCase, contents: area.assetIds.slice(0, 3) }
    : { kind: 'open', asset: theCase };
}

const longAgo = instantOfMs(Date.UTC(2020, 0, 1));
const farAhead = instantOfMs(Date.UTC(2040, 0, 1));

/** Something stands in for what a line asks for, or does no longer. */
function drawFilling({ assetIds, eventIds, lineIds }: WorkArea, random: RandomSource): Intent {
  const lineId = random.chance(0.8) && lineIds.length > 0 ? random.pick(lineIds) : null;
  return {
    kind: 'fill_line',
    assetId: random.pick<AssetId>(assetIds.slice(0, 4)),
    eventId: random.pick<EventId>(eventIds),
    lineId: lineId as PullListLineId | null,
  };
}

/** Loose cable goes to events and back, and is counted now and then. */
function drawBulk({ productId, locationIds, eventIds }: WorkArea, random: RandomSource): Intent {
  const shelf = { kind: 'location' as const, id: random.pick<StorageLocationId>(locationIds) };
  const event = { kind: 'event' as const, id: random.pick<EventId>(eventIds) };
  const quantity = Math.floor(random.between(1, 6));
  if (random.chance(0.2)) return { kind: 'count_bulk', productId, place: shelf, quantity, note: null };
  const [from, to] = random.chance(0.6) ? [shelf, event] : [event, shelf];
  return { kind: 'move_bulk', productId, quantity, from, to, disposition: null, note: null };
}
