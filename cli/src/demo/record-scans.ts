import { encodeOperation } from '@eventkit/proto/operation-codec.ts';
import {
  type AssetId,
  type DeviceId,
  type MovementId,
  type OperationId,
  type UserId,
  uuidV7,
} from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import type { Place } from '@eventkit/shared/ledger/asset-state.ts';
import type { Movement } from '@eventkit/shared/ledger/movement.ts';
import {
  type CheckIn,
  type CheckOut,
  OPERATION_SCHEMA_VERSION,
  type Operation,
} from '@eventkit/shared/operations/operation.ts';
import { noDetails } from '@eventkit/shared/operations/stated-facts.ts';
import type { AssetRow, OperationRow } from './demo-rows.ts';
import type { Scan, Scanner } from './plan-scans.ts';
import type { Random } from './random.ts';

/** What the demo's devices measured against the server. */
export const CLOCK_OFFSET_MS = 12;

/** Scans as the operations and movements that they would have become; each device counts from 1 without a gap. */
export function recordScans(
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
    code: act.asset.code,
    namedAssetId: act.asset.assetId,
    kind: act.kind,
    effectiveAt: operation.recordedAt,
    deviceId: operation.deviceId,
    sequence: operation.sequence,
    recordedBy: operation.recordedBy,
    to:
      act.kind === 'check_out'
        ? { kind: 'event', id: act.eventId }
        : { kind: 'location', id: act.locationId },
    observed: act.asset.observed,
    undoesOperationId: null,
    ...noDetails,
    disposition: act.kind === 'check_in' ? act.disposition : null,
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

/** Where the history of an asset starts. */
export function baselineOf(asset: AssetRow): Place {
  return { kind: asset.baseline_kind, id: asset.baseline_id } as Place;
}
