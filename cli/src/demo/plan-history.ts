import { encodeOperation } from '@eventkit/proto/operation-codec.ts';
import type {
  AssetId,
  DeviceId,
  EventId,
  MovementId,
  OperationId,
  StorageLocationId,
  UserId,
} from '@eventkit/shared/kernel/ids.ts';
import { uuidV7 } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import type { Place } from '@eventkit/shared/ledger/asset-state.ts';
import { foldAssets } from '@eventkit/shared/ledger/fold-assets.ts';
import type { Movement } from '@eventkit/shared/ledger/movement.ts';
import {
  type CheckIn,
  type CheckOut,
  type Disposition,
  OPERATION_SCHEMA_VERSION,
  type Operation,
  type ScannedAsset,
} from '@eventkit/shared/operations/operation.ts';
import { rowOfMovement } from '@eventkit/shared/schema/ledger-rows.ts';
import type { AssetRow, CompanyRows, OperationRow } from './demo-rows.ts';
import type { PlannedEvent, PlannedLine } from './plan-events.ts';
import type { Random } from './random.ts';

/** Who scans with what: a device of its own for each. */
export type Scanner = { readonly userId: string; readonly deviceId: string; readonly epoch: string };

export type History = Pick<CompanyRows, 'assets' | 'operations' | 'movements' | 'device_progress'>;

type Scan = {
  readonly atMs: number;
  readonly scanner: Scanner;
  readonly asset: AssetRow;
  readonly intent: (scanned: ScannedAsset) => CheckOut | CheckIn;
};

const SECONDS_BETWEEN_SCANS = 6;
const CLOSED_WITH_HISTORY = 6;
const CLOCK_OFFSET_MS = 12;

/**
 * What was scanned so far: the last closed events went out and came back (some pieces damaged, some lost), running
 * ones are out, one of today's is half packed. Every asset ends as the ledger's fold of its movements says.
 */
export function planHistory(
  { random, nowMs }: { readonly random: Random; readonly nowMs: number },
  assets: readonly AssetRow[],
  events: readonly PlannedEvent[],
  scanners: readonly Scanner[],
  quarantineId: string,
): History {
  const scans = planScans(random, nowMs, assets, events, scanners, quarantineId);
  const { operations, movements } = recordScans(random, scans);
  const states = foldAssets(
    assets.map((asset) => ({ id: asset.id as AssetId, baseline: baselineOf(asset) })),
    movements,
  );
  if (states.conflicts.length > 0)
    throw new Error(`the demo's history has conflicts: ${states.conflicts[0]?.id}`);
  const moved = new Set(movements.map(({ assetId }) => assetId));
  return {
    assets: assets.map((asset) => {
      const state = moved.has(asset.id as AssetId) ? states.statesById.get(asset.id as AssetId) : undefined;
      if (state === undefined) return asset;
      return {
        ...asset,
        place_kind: state.place.kind,
        place_id: state.place.id,
        status: state.status,
        condition: state.condition,
        last_movement_id: state.lastMovementId,
        last_moved_at: state.lastMovedAt,
      };
    }),
    operations,
    movements: movements.map(rowOfMovement),
    device_progress: scanners.map(({ deviceId, epoch }) => {
      const own = operations.filter((operation) => operation.device_id === deviceId);
      return {
        device_id: deviceId,
        epoch,
        last_sequence: own.length,
        clock_offset_ms: CLOCK_OFFSET_MS,
        last_contact_at: own.at(-1)?.received_at ?? instantOfMs(nowMs),
      };
    }),
  };
}

function planScans(
  random: Random,
  nowMs: number,
  assets: readonly AssetRow[],
  events: readonly PlannedEvent[],
  scanners: readonly Scanner[],
  quarantineId: string,
): Scan[] {
  const shelf = createShelf(assets);
  const closed = events
    .filter(({ row }) => row.status === 'closed')
    .sort((a, b) => b.loadMs - a.loadMs)
    .slice(0, CLOSED_WITH_HISTORY);
  const running = events.filter(({ row }) => row.status === 'out' || row.status === 'returning');
  const half = events.find(({ row }) => row.name === 'Adventkonzert');
  const scans: Scan[] = [];
  const outOf = (event: PlannedEvent, pieces: readonly AssetRow[], endMs: number) => {
    const scanner = random.pick(scanners);
    for (const [i, asset] of pieces.entries()) {
      const atMs = endMs - (pieces.length - i) * SECONDS_BETWEEN_SCANS * 1000 - random.integer(0, 3000);
      const eventId = event.row.id as EventId;
      const intent = (scanned: ScannedAsset): CheckOut => ({
        kind: 'check_out',
        asset: scanned,
        eventId,
        overrideReason: null,
      });
      scans.push({ atMs, scanner, asset, intent });
    }
  };
  // First what is still away, so that what came back is not out at the same time.
  for (const event of running) {
    outOf(
      event,
      event.lines.flatMap((line) => shelf.take(line)),
      event.loadMs - 20 * 60_000,
    );
  }
  if (half !== undefined) {
    const pieces = half.lines.flatMap((line) => shelf.take(line)).slice(0, 12);
    outOf(half, pieces, Math.min(half.loadMs - 2 * 3_600_000, nowMs - 15 * 60_000));
  }
  for (const event of closed) {
    const pieces = event.lines.flatMap((line) => shelf.borrow(line, 6));
    outOf(event, pieces, event.loadMs - 20 * 60_000);
    const scanner = random.pick(scanners);
    for (const [i, asset] of pieces.entries()) {
      const disposition = asset.is_case ? 'ok' : dispositionOf(random);
      const home = asset.baseline_kind === 'location' ? asset.baseline_id : quarantineId;
      const locationId = (disposition === 'ok' ? home : quarantineId) as StorageLocationId;
      const atMs = event.returnMs + i * SECONDS_BETWEEN_SCANS * 1000 + random.integer(0, 3000);
      const intent = (scanned: ScannedAsset): CheckIn => ({
        kind: 'check_in',
        asset: scanned,
        locationId,
        disposition,
        note: disposition === 'damaged' ? random.pick(DAMAGES) : null,
      });
      scans.push({ atMs, scanner, asset, intent });
    }
  }
  return scans.sort((a, b) => a.atMs - b.atMs);
}

const DAMAGES = [
  'Stecker locker',
  'Glas gesprungen',
  'Lüfter laut',
  'Kratzer, Funktion prüfen',
  'kein Signal',
];

function dispositionOf(random: Random): Disposition {
  const draw = random.fraction();
  return draw < 0.03 ? 'damaged' : draw < 0.036 ? 'lost' : 'ok';
}

type Shelf = {
  /** Whole cases while the line asks for as much as one holds, then single pieces; each is handed out once. */
  take(line: PlannedLine): AssetRow[];
  /** Single pieces that came back, at most `most`: others may have them again. */
  borrow(line: PlannedLine, most: number): AssetRow[];
};

/** Hands out the highest codes, so that the low ones lie ready for today. */
function createShelf(assets: readonly AssetRow[]): Shelf {
  const looseByProduct = Map.groupBy(
    assets.filter((asset) => !asset.is_case && asset.baseline_kind === 'location'),
    (asset) => asset.product_id,
  );
  const contentsByCase = Map.groupBy(
    assets.filter((asset) => asset.baseline_kind === 'case'),
    (asset) => asset.baseline_id,
  );
  const casesByContents = Map.groupBy(
    assets.filter((asset) => asset.is_case),
    (asset) => contentsByCase.get(asset.id)?.[0]?.product_id ?? '',
  );
  let borrowed = 0;
  return {
    take: ({ stock, quantity }) => {
      const taken: AssetRow[] = [];
      let missing = quantity;
      const cases = casesByContents.get(stock.product.id) ?? [];
      for (let last = cases.at(-1); last !== undefined; last = cases.at(-1)) {
        const held = contentsByCase.get(last.id)?.length ?? 0;
        if (held > missing) break;
        cases.pop();
        taken.push(last);
        missing -= held;
      }
      const loose = looseByProduct.get(stock.product.id) ?? [];
      return [...taken, ...loose.splice(Math.max(0, loose.length - missing), missing)];
    },
    borrow: ({ stock, quantity }, most) => {
      const loose = looseByProduct.get(stock.product.id) ?? [];
      const count = Math.min(quantity, most, loose.length);
      // Another stretch of the shelf each time, so that history spreads.
      borrowed += count;
      const from = loose.length === count ? 0 : borrowed % (loose.length - count);
      return loose.slice(from, from + count);
    },
  };
}

function recordScans(
  random: Random,
  scans: readonly Scan[],
): { operations: OperationRow[]; movements: Movement[] } {
  const operations: OperationRow[] = [];
  const movements: Movement[] = [];
  const sequences = new Map<Scanner, number>();
  const places = new Map<AssetRow, Place>();
  const away = new Set<AssetRow>();
  for (const { atMs, scanner, asset, intent } of scans) {
    // What was damaged or lost earlier does not go out again; what stayed here does not come back.
    if (away.has(asset)) continue;
    const before = places.get(asset) ?? baselineOf(asset);
    const act = intent({
      code: asset.code,
      assetId: asset.id as AssetId,
      observed: { place: before, status: 'in_service' },
    });
    if (act.kind === 'check_in' && before.kind !== 'event') continue;
    if (act.kind === 'check_out' && before.kind === 'event') continue;
    const sequence = (sequences.get(scanner) ?? 0) + 1;
    sequences.set(scanner, sequence);
    const operation = operationOf(random, scanner, sequence, atMs, act);
    const movement = movementOf(operation, act, asset, atMs + random.integer(400, 2600));
    places.set(asset, movement.to ?? before);
    if (movement.disposition !== null && movement.disposition !== 'ok') away.add(asset);
    operations.push(rowOfOperation(operation, movement));
    movements.push(movement);
  }
  return { operations, movements };
}

function operationOf(
  random: Random,
  scanner: Scanner,
  sequence: number,
  atMs: number,
  intent: CheckOut | CheckIn,
): Operation {
  return {
    id: uuidV7(atMs, random.bytes(10)) as OperationId,
    deviceId: scanner.deviceId as DeviceId,
    epoch: scanner.epoch,
    sequence,
    recordedAt: instantOfMs(atMs),
    wallClockAt: instantOfMs(atMs - CLOCK_OFFSET_MS),
    clockOffsetMs: CLOCK_OFFSET_MS,
    recordedBy: scanner.userId as UserId,
    schemaVersion: OPERATION_SCHEMA_VERSION,
    intent,
  };
}

function movementOf(
  operation: Operation,
  act: CheckOut | CheckIn,
  asset: AssetRow,
  receivedMs: number,
): Movement {
  return {
    id: `${operation.id}:0` as MovementId,
    operationId: operation.id,
    assetId: asset.id as AssetId,
    kind: act.kind,
    effectiveAt: operation.recordedAt,
    deviceId: operation.deviceId,
    sequence: operation.sequence,
    recordedBy: operation.recordedBy,
    to:
      act.kind === 'check_out'
        ? { kind: 'event', id: act.eventId }
        : { kind: 'location', id: act.locationId },
    disposition: act.kind === 'check_in' ? act.disposition : null,
    observed: act.asset.observed,
    overrideReason: null,
    undoesOperationId: null,
    note: act.kind === 'check_in' ? act.note : null,
    receivedAt: instantOfMs(receivedMs),
  };
}

function rowOfOperation(operation: Operation, movement: Movement): OperationRow {
  return {
    id: operation.id,
    device_id: operation.deviceId,
    epoch: operation.epoch,
    sequence: operation.sequence,
    kind: operation.intent.kind,
    schema_version: operation.schemaVersion,
    envelope: `\\x${Buffer.from(encodeOperation(operation)).toString('hex')}`,
    recorded_at: operation.recordedAt,
    recorded_by: operation.recordedBy,
    clock_offset_ms: operation.clockOffsetMs,
    effective_at: operation.recordedAt,
    received_at: movement.receivedAt ?? operation.recordedAt,
    verdict: 'applied',
  };
}

function baselineOf(asset: AssetRow): Place {
  return { kind: asset.baseline_kind, id: asset.baseline_id } as Place;
}
