import type {
  AssetId,
  ConflictId,
  DeviceId,
  EventId,
  MovementId,
  OperationId,
  ProductId,
  UserId,
} from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Asset } from '#ledger/asset.ts';
import type { AssetCondition, AssetStatus, Place } from '#ledger/asset-state.ts';
import type { Conflict, ConflictClass } from '#ledger/conflict.ts';
import type { Movement, MovementKind } from '#ledger/movement.ts';
import type { Disposition, InspectionOutcome, Observed } from '#operations/operation.ts';
import type { RowOf } from './row-types.ts';

export type AssetRow = RowOf<'assets'>;
export type MovementRow = RowOf<'movements'>;
export type ConflictRow = RowOf<'conflicts'>;

/** Rows come from tables that only operations write: one that cannot be read is a bug, and throws. */
export function assetOfRow(row: AssetRow): Asset {
  const place = requiredPlace(row.place_kind, row.place_id, 'place', row);
  return {
    id: row.id as AssetId,
    productId: required<ProductId>(row.product_id, 'product_id', row),
    code: required(row.code, 'code', row),
    serial: row.serial,
    isCase: row.is_case === 1,
    baseline: requiredPlace(row.baseline_kind, row.baseline_id, 'baseline', row),
    state: {
      place,
      eventId: place.kind === 'event' ? place.id : (row.for_event_id as EventId | null),
      status: required<AssetStatus>(row.status, 'status', row),
      condition: required<AssetCondition>(row.condition, 'condition', row),
      inspectionDueAt: row.inspection_due_at as Instant | null,
      sealedBy: row.sealed_by as MovementId | null,
      lastMovementId: row.last_movement_id as MovementId | null,
      lastMovedAt: row.last_moved_at as Instant | null,
    },
  };
}

export function rowOfAsset(asset: Asset): AssetRow {
  return {
    id: asset.id,
    product_id: asset.productId,
    code: asset.code,
    serial: asset.serial,
    is_case: asset.isCase ? 1 : 0,
    baseline_kind: asset.baseline.kind,
    baseline_id: asset.baseline.id,
    place_kind: asset.state.place.kind,
    place_id: asset.state.place.id,
    // At an event it is out for that event: only on a vehicle is there more to say.
    for_event_id: asset.state.place.kind === 'vehicle' ? asset.state.eventId : null,
    status: asset.state.status,
    condition: asset.state.condition,
    inspection_due_at: asset.state.inspectionDueAt,
    sealed_by: asset.state.sealedBy,
    last_movement_id: asset.state.lastMovementId,
    last_moved_at: asset.state.lastMovedAt,
  };
}

export function movementOfRow(row: MovementRow): Movement {
  return {
    id: row.id as MovementId,
    operationId: required<OperationId>(row.operation_id, 'operation_id', row),
    assetId: row.asset_id as AssetId | null,
    code: row.code,
    namedAssetId: row.named_asset_id as AssetId | null,
    kind: required<MovementKind>(row.kind, 'kind', row),
    effectiveAt: required<Instant>(row.effective_at, 'effective_at', row),
    deviceId: required<DeviceId>(row.device_id, 'device_id', row),
    sequence: required(row.sequence, 'sequence', row),
    recordedBy: required<UserId>(row.recorded_by, 'recorded_by', row),
    to: placeOf(row.to_kind, row.to_id),
    disposition: row.disposition as Disposition | null,
    observed: observedOf(row),
    overrideReason: row.override_reason,
    undoesOperationId: row.undoes_operation_id as OperationId | null,
    note: row.note,
    eventId: row.event_id as EventId | null,
    outcome: row.outcome as InspectionOutcome | null,
    inspectionDueAt: row.inspection_due_at as Instant | null,
    contents: row.contents === null ? null : (JSON.parse(row.contents) as AssetId[]),
    receivedAt: row.received_at as Instant | null,
  };
}

export function rowOfMovement(movement: Movement): MovementRow {
  return {
    id: movement.id,
    operation_id: movement.operationId,
    asset_id: movement.assetId,
    code: movement.code,
    named_asset_id: movement.namedAssetId,
    kind: movement.kind,
    effective_at: movement.effectiveAt,
    device_id: movement.deviceId,
    sequence: movement.sequence,
    recorded_by: movement.recordedBy,
    to_kind: movement.to?.kind ?? null,
    to_id: movement.to?.id ?? null,
    disposition: movement.disposition,
    observed_kind: movement.observed?.place.kind ?? null,
    observed_id: movement.observed?.place.id ?? null,
    observed_status: movement.observed?.status ?? null,
    override_reason: movement.overrideReason,
    undoes_operation_id: movement.undoesOperationId,
    note: movement.note,
    event_id: movement.eventId,
    outcome: movement.outcome,
    inspection_due_at: movement.inspectionDueAt,
    contents: movement.contents === null ? null : JSON.stringify(movement.contents),
    received_at: movement.receivedAt,
  };
}

export function conflictOfRow(row: ConflictRow): Conflict {
  return {
    id: row.id as ConflictId,
    class: required<ConflictClass>(row.class, 'class', row),
    status: required<Conflict['status']>(row.status, 'status', row),
    assetId: row.asset_id as AssetId | null,
    otherAssetId: row.other_asset_id as AssetId | null,
    firstMovementId: row.first_movement_id as MovementId | null,
    secondMovementId: row.second_movement_id as MovementId | null,
    settledByMovementId: row.settled_by_movement_id as MovementId | null,
    operationId: row.operation_id as OperationId | null,
    eventId: row.event_id as EventId | null,
    code: row.code,
    subject: row.subject,
    detail: row.detail,
    openedAt: required<Instant>(row.opened_at, 'opened_at', row),
  };
}

export function rowOfConflict(conflict: Conflict): ConflictRow {
  return {
    id: conflict.id,
    class: conflict.class,
    status: conflict.status,
    asset_id: conflict.assetId,
    other_asset_id: conflict.otherAssetId,
    first_movement_id: conflict.firstMovementId,
    second_movement_id: conflict.secondMovementId,
    settled_by_movement_id: conflict.settledByMovementId,
    operation_id: conflict.operationId,
    event_id: conflict.eventId,
    code: conflict.code,
    subject: conflict.subject,
    detail: conflict.detail,
    opened_at: conflict.openedAt,
  };
}

function observedOf(row: MovementRow): Observed | null {
  const place = placeOf(row.observed_kind, row.observed_id);
  if (place === null) return null;
  return { place, status: required<AssetStatus>(row.observed_status, 'observed_status', row) };
}

function placeOf(kind: string | null, id: string | null): Place | null {
  return kind === null || id === null ? null : ({ kind, id } as Place);
}

function requiredPlace(kind: string | null, id: string | null, what: string, row: { id: string }): Place {
  return required(placeOf(kind, id), what, row);
}

function required<Value>(value: unknown, column: string, row: { id: string }): Value {
  if (value === null || value === undefined) throw new Error(`row ${row.id} has no ${column}`);
  return value as Value;
}
