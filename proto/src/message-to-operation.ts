import type {
  AssetId,
  ConflictId,
  DeviceId,
  EventId,
  OperationId,
  ProductId,
  PullListLineId,
  StorageLocationId,
  UserId,
  VehicleId,
} from '@eventkit/shared/kernel/ids.ts';
import { type Instant, instantOfMicros } from '@eventkit/shared/kernel/instant.ts';
import type { LabelTarget } from '@eventkit/shared/labels/label-intents.ts';
import type { Intent, Operation } from '@eventkit/shared/operations/operation.ts';
import type {
  ContentList as ContentListMessage,
  LabelTarget as LabelTargetMessage,
  Operation as OperationMessage,
} from '#gen/eventkit/v1/operation_pb.ts';
import { attachmentsOfMessages } from './attachment-messages.ts';
import { editOfMessage } from './edit-messages.ts';
import { stocktakeOf } from './message-to-stocktake.ts';
import { dispositionNumbers, outcomeNumbers, wordOf } from './operation-enums.ts';
import { missing, placeOf, uuid } from './place-messages.ts';
import { scannedOf } from './scanned-messages.ts';
import { transportIntentOf } from './transport-messages.ts';

/** The operation that a message means. The message must have passed its rules: lacking a part is a bug. */
export function messageToOperation(message: OperationMessage): Operation {
  return {
    id: uuid<OperationId>(message.id),
    deviceId: uuid<DeviceId>(message.deviceId),
    epoch: uuid(message.epoch),
    sequence: Number(message.sequence),
    recordedAt: instantOfMicros(message.recordedAtMicros),
    wallClockAt: instantOfMicros(message.wallClockAtMicros),
    clockOffsetMs: message.clockOffsetMs === undefined ? null : Number(message.clockOffsetMs),
    recordedBy: uuid<UserId>(message.recordedBy),
    schemaVersion: message.schemaVersion,
    intent: intentOf(message.intent),
  };
}

function intentOf(intent: OperationMessage['intent']): Intent {
  switch (intent.case) {
    case 'checkOut':
      return {
        kind: 'check_out',
        asset: scannedOf(intent.value.asset),
        eventId: uuid<EventId>(intent.value.eventId),
        overrideReason: intent.value.overrideReason ?? null,
        ...contentsOf(intent.value.contents),
      };
    case 'checkIn':
      return {
        kind: 'check_in',
        asset: scannedOf(intent.value.asset),
        locationId: uuid<StorageLocationId>(intent.value.locationId),
        disposition: wordOf(dispositionNumbers, intent.value.disposition) ?? missing('disposition'),
        note: intent.value.note ?? null,
        ...attachmentsOfMessages(intent.value.attachments),
      };
    case 'move':
      return {
        kind: 'move',
        asset: scannedOf(intent.value.asset),
        locationId: uuid<StorageLocationId>(intent.value.locationId),
      };
    case 'pack':
      return {
        kind: 'pack',
        caseId: uuid<AssetId>(intent.value.caseId),
        members: intent.value.members.map(scannedOf),
      };
    case 'unpack':
      return {
        kind: 'unpack',
        caseId: uuid<AssetId>(intent.value.caseId),
        members: intent.value.members.map(scannedOf),
        locationId:
          intent.value.locationId === undefined ? null : uuid<StorageLocationId>(intent.value.locationId),
        casePlace: intent.value.casePlace === undefined ? null : placeOf(intent.value.casePlace),
      };
    case 'quarantine':
      return {
        kind: 'quarantine',
        asset: scannedOf(intent.value.asset),
        reason: intent.value.reason,
        ...attachmentsOfMessages(intent.value.attachments),
      };
    case 'retire':
      return {
        kind: 'retire',
        asset: scannedOf(intent.value.asset),
        reason: intent.value.reason,
      };
    case 'release':
    case 'repairStart':
      return {
        kind: intent.case === 'release' ? 'release' : 'repair_start',
        asset: scannedOf(intent.value.asset),
        note: intent.value.note ?? null,
      };
    case 'resolve':
      return {
        kind: 'resolve',
        asset: scannedOf(intent.value.asset),
        conflictId: intent.value.conflictId as ConflictId,
        place: placeOf(intent.value.place),
      };
    case 'moveBulk':
      return {
        kind: 'move_bulk',
        productId: uuid<ProductId>(intent.value.productId),
        quantity: Number(intent.value.quantity),
        from: intent.value.from === undefined ? null : placeOf(intent.value.from),
        to: intent.value.to === undefined ? null : placeOf(intent.value.to),
        disposition:
          intent.value.disposition === undefined
            ? null
            : (wordOf(dispositionNumbers, intent.value.disposition) ?? missing('disposition')),
        note: intent.value.note ?? null,
      };
    case 'countBulk':
      return {
        kind: 'count_bulk',
        productId: uuid<ProductId>(intent.value.productId),
        place: placeOf(intent.value.place),
        quantity: Number(intent.value.quantity),
        note: intent.value.note ?? null,
      };
    case 'editFields':
    case 'createRow':
    case 'deleteRow':
    case 'restoreRow':
      return editOfMessage(intent);
    case 'load':
      return {
        kind: 'load',
        asset: scannedOf(intent.value.asset),
        vehicleId: uuid<VehicleId>(intent.value.vehicleId),
        eventId: intent.value.eventId === undefined ? null : uuid<EventId>(intent.value.eventId),
        overrideReason: intent.value.overrideReason ?? null,
        ...contentsOf(intent.value.contents),
      };
    case 'unload':
      return {
        kind: 'unload',
        asset: scannedOf(intent.value.asset),
        vehicleId: uuid<VehicleId>(intent.value.vehicleId),
        eventId: intent.value.eventId === undefined ? null : uuid<EventId>(intent.value.eventId),
        place: placeOf(intent.value.place),
      };
    case 'dispatch':
    case 'arrive':
    case 'confirmTruckPack':
      return transportIntentOf(intent);
    case 'found':
      return {
        kind: 'found',
        asset: scannedOf(intent.value.asset),
        place: placeOf(intent.value.place),
        note: intent.value.note ?? null,
      };
    case 'repairDone':
      return {
        kind: 'repair_done',
        asset: scannedOf(intent.value.asset),
        note: intent.value.note ?? null,
        inspectionDueAt: instantOrNull(intent.value.inspectionDueAtMicros),
      };
    case 'inspectionResult':
      return {
        kind: 'inspection_result',
        asset: scannedOf(intent.value.asset),
        outcome: wordOf(outcomeNumbers, intent.value.outcome) ?? missing('outcome'),
        note: intent.value.note,
        inspectionDueAt: instantOrNull(intent.value.inspectionDueAtMicros),
      };
    case 'seal':
      return {
        kind: 'seal',
        asset: scannedOf(intent.value.asset),
        contents: contentsOf(intent.value.contents).contents ?? missing('contents'),
      };
    case 'open':
      return { kind: 'open', asset: scannedOf(intent.value.asset) };
    case 'assignLabel':
      return {
        kind: 'assign_label',
        code: intent.value.code,
        target: targetOf(intent.value.target),
        observed: intent.value.observed === undefined ? null : targetOf(intent.value.observed),
      };
    case 'retireLabel':
      return {
        kind: 'retire_label',
        code: intent.value.code,
        observed: intent.value.observed === undefined ? null : targetOf(intent.value.observed),
      };
    case 'fillLine': {
      const { assetId, eventId, lineId } = intent.value;
      return {
        kind: 'fill_line',
        assetId: uuid<AssetId>(assetId),
        eventId: uuid<EventId>(eventId),
        lineId: lineId === undefined ? null : uuid<PullListLineId>(lineId),
      };
    }
    case 'openStocktake':
    case 'countAsset':
    case 'countQuantity':
    case 'requestRecount':
    case 'closeStocktake':
    case 'reviewVariance':
    case 'approveStocktake':
      return stocktakeOf(intent);
    case 'undo':
      return { kind: 'undo', operationId: uuid<OperationId>(intent.value.operationId) };
    case undefined:
      return missing('intent');
  }
}

function contentsOf(list: ContentListMessage | undefined): { contents?: readonly AssetId[] } {
  return list === undefined ? {} : { contents: list.assetIds.map((id) => uuid<AssetId>(id)) };
}

function instantOrNull(micros: bigint | undefined): Instant | null {
  return micros === undefined ? null : instantOfMicros(micros);
}

function targetOf(message: LabelTargetMessage | undefined): LabelTarget {
  const target = message?.target;
  switch (target?.case) {
    case 'assetId':
      return { kind: 'asset', id: uuid<AssetId>(target.value) };
    case 'locationId':
      return { kind: 'location', id: uuid<StorageLocationId>(target.value) };
    case undefined:
      return missing('target');
  }
}
