import { create, type MessageInitShape } from '@bufbuild/protobuf';
import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import { type Instant, microsOf } from '@eventkit/shared/kernel/instant.ts';
import type { LabelTarget } from '@eventkit/shared/labels/label-intents.ts';
import type { Disposition, Intent, Operation } from '@eventkit/shared/operations/operation.ts';
import {
  type LabelTargetSchema,
  type Operation as OperationMessage,
  OperationSchema,
} from '#gen/eventkit/v1/operation_pb.ts';
import { attachmentInits } from './attachment-messages.ts';
import { editInit } from './edit-messages.ts';
import { dispositionNumbers, outcomeNumbers } from './operation-enums.ts';
import { placeInit } from './place-messages.ts';
import { scannedInit } from './scanned-messages.ts';
import { stocktakeInit } from './stocktake-to-message.ts';
import { transportIntentInit } from './transport-messages.ts';

/** The wire form of an operation. What null says in the domain, absence says on the wire. */
export function operationToMessage(operation: Operation): OperationMessage {
  return create(OperationSchema, {
    id: operation.id,
    deviceId: operation.deviceId,
    epoch: operation.epoch,
    sequence: BigInt(operation.sequence),
    recordedAtMicros: microsOf(operation.recordedAt satisfies Instant),
    wallClockAtMicros: microsOf(operation.wallClockAt),
    ...(operation.clockOffsetMs !== null && { clockOffsetMs: BigInt(Math.round(operation.clockOffsetMs)) }),
    recordedBy: operation.recordedBy,
    schemaVersion: operation.schemaVersion,
    intent: intentInit(operation.intent),
  });
}

type IntentInit = NonNullable<MessageInitShape<typeof OperationSchema>['intent']>;

function intentInit(intent: Intent): IntentInit {
  switch (intent.kind) {
    case 'check_out':
      return {
        case: 'checkOut',
        value: {
          asset: scannedInit(intent.asset),
          eventId: intent.eventId,
          ...(intent.overrideReason !== null && { overrideReason: intent.overrideReason }),
          ...contentsInit(intent.contents),
        },
      };
    case 'check_in':
      return {
        case: 'checkIn',
        value: {
          asset: scannedInit(intent.asset),
          locationId: intent.locationId,
          disposition: dispositionNumbers[intent.disposition satisfies Disposition],
          ...(intent.note !== null && { note: intent.note }),
          attachments: attachmentInits(intent.attachments),
        },
      };
    case 'move':
      return {
        case: 'move',
        value: { asset: scannedInit(intent.asset), locationId: intent.locationId },
      };
    case 'pack':
      return { case: 'pack', value: { caseId: intent.caseId, members: intent.members.map(scannedInit) } };
    case 'unpack':
      return {
        case: 'unpack',
        value: {
          caseId: intent.caseId,
          members: intent.members.map(scannedInit),
          ...(intent.locationId !== null && { locationId: intent.locationId }),
          ...(intent.casePlace !== null && { casePlace: placeInit(intent.casePlace) }),
        },
      };
    case 'quarantine':
      return {
        case: 'quarantine',
        value: {
          asset: scannedInit(intent.asset),
          reason: intent.reason,
          attachments: attachmentInits(intent.attachments),
        },
      };
    case 'retire':
      return {
        case: 'retire',
        value: { asset: scannedInit(intent.asset), reason: intent.reason },
      };
    case 'release':
    case 'repair_start':
      return {
        case: intent.kind === 'release' ? 'release' : 'repairStart',
        value: { asset: scannedInit(intent.asset), ...(intent.note !== null && { note: intent.note }) },
      };
    case 'resolve':
      return {
        case: 'resolve',
        value: {
          asset: scannedInit(intent.asset),
          conflictId: intent.conflictId,
          place: placeInit(intent.place),
        },
      };
    case 'move_bulk':
      return {
        case: 'moveBulk',
        value: {
          productId: intent.productId,
          quantity: BigInt(intent.quantity),
          ...(intent.from !== null && { from: placeInit(intent.from) }),
          ...(intent.to !== null && { to: placeInit(intent.to) }),
          ...(intent.disposition !== null && { disposition: dispositionNumbers[intent.disposition] }),
          ...(intent.note !== null && { note: intent.note }),
        },
      };
    case 'count_bulk':
      return {
        case: 'countBulk',
        value: {
          productId: intent.productId,
          place: placeInit(intent.place),
          quantity: BigInt(intent.quantity),
          ...(intent.note !== null && { note: intent.note }),
        },
      };
    case 'edit_fields':
    case 'create_row':
    case 'delete_row':
    case 'restore_row':
      return editInit(intent);
    case 'load':
      return {
        case: 'load',
        value: {
          asset: scannedInit(intent.asset),
          vehicleId: intent.vehicleId,
          ...(intent.eventId !== null && { eventId: intent.eventId }),
          ...(intent.overrideReason !== null && { overrideReason: intent.overrideReason }),
          ...contentsInit(intent.contents),
        },
      };
    case 'unload':
      return {
        case: 'unload',
        value: {
          asset: scannedInit(intent.asset),
          vehicleId: intent.vehicleId,
          ...(intent.eventId !== null && { eventId: intent.eventId }),
          place: placeInit(intent.place),
        },
      };
    case 'dispatch':
    case 'arrive':
    case 'confirm_truck_pack':
      return transportIntentInit(intent);
    case 'found':
      return {
        case: 'found',
        value: {
          asset: scannedInit(intent.asset),
          place: placeInit(intent.place),
          ...(intent.note !== null && { note: intent.note }),
        },
      };
    case 'repair_done':
      return {
        case: 'repairDone',
        value: {
          asset: scannedInit(intent.asset),
          ...(intent.note !== null && { note: intent.note }),
          ...dueInit(intent.inspectionDueAt),
        },
      };
    case 'inspection_result':
      return {
        case: 'inspectionResult',
        value: {
          asset: scannedInit(intent.asset),
          outcome: outcomeNumbers[intent.outcome],
          note: intent.note,
          ...dueInit(intent.inspectionDueAt),
        },
      };
    case 'seal':
      return {
        case: 'seal',
        value: { asset: scannedInit(intent.asset), ...contentsInit(intent.contents) },
      };
    case 'open':
      return { case: 'open', value: { asset: scannedInit(intent.asset) } };
    case 'assign_label':
      return {
        case: 'assignLabel',
        value: {
          code: intent.code,
          target: targetInit(intent.target),
          ...(intent.observed !== null && { observed: targetInit(intent.observed) }),
        },
      };
    case 'retire_label':
      return {
        case: 'retireLabel',
        value: {
          code: intent.code,
          ...(intent.observed !== null && { observed: targetInit(intent.observed) }),
        },
      };
    case 'fill_line': {
      const { assetId, eventId, lineId } = intent;
      return { case: 'fillLine', value: { assetId, eventId, ...(lineId !== null && { lineId }) } };
    }
    case 'open_stocktake':
    case 'count_asset':
    case 'count_quantity':
    case 'request_recount':
    case 'close_stocktake':
    case 'review_variance':
    case 'approve_stocktake':
      return stocktakeInit(intent);
    case 'undo':
      return { case: 'undo', value: { operationId: intent.operationId } };
  }
}

function contentsInit(contents: readonly AssetId[] | undefined) {
  return contents === undefined ? {} : { contents: { assetIds: [...contents] } };
}

function dueInit(inspectionDueAt: Instant | null) {
  return inspectionDueAt === null ? {} : { inspectionDueAtMicros: microsOf(inspectionDueAt) };
}

function targetInit(target: LabelTarget): MessageInitShape<typeof LabelTargetSchema> {
  switch (target.kind) {
    case 'asset':
      return { target: { case: 'assetId', value: target.id } };
    case 'location':
      return { target: { case: 'locationId', value: target.id } };
  }
}
