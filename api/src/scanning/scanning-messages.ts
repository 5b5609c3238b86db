import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ConflictSchema, MovementSchema } from '@eventkit/proto/gen/eventkit/v1/scanning_pb.ts';
import { dispositionNumbers } from '@eventkit/proto/operation-enums.ts';
import { microsOf } from '@eventkit/shared/kernel/instant.ts';
import { placeMessage } from '#wire/place-message.ts';
import type { ConflictRow, MovementRow } from './scanning-store.ts';

export function movementMessage(row: MovementRow): MessageInitShape<typeof MovementSchema> {
  const { id, operationId, kind, recordedBy, recordedByName, deviceId, deviceName } = row;
  return {
    id,
    operationId,
    kind,
    effectiveAtMicros: microsOf(row.effectiveAt),
    ...(row.toKind === null || row.toId === null ? {} : { to: placeMessage(row.toKind, row.toId) }),
    ...(row.disposition === null ? {} : { disposition: dispositionNumbers[row.disposition] }),
    recordedBy,
    recordedByName,
    deviceId,
    deviceName,
    receivedAtMicros: microsOf(row.receivedAt),
    ...(row.overrideReason === null ? {} : { overrideReason: row.overrideReason }),
    ...(row.note === null ? {} : { note: row.note }),
    byHand: row.isByHand,
  };
}

export function conflictMessage(
  row: ConflictRow,
  movementsById: ReadonlyMap<string, MovementRow>,
): MessageInitShape<typeof ConflictSchema> {
  const first = movementsById.get(row.firstMovementId ?? '');
  const second = movementsById.get(row.secondMovementId ?? '');
  return {
    id: row.id,
    class: row.class,
    ...(row.assetId === null ? {} : { assetId: row.assetId }),
    code: row.code,
    ...(first === undefined ? {} : { first: movementMessage(first) }),
    ...(second === undefined ? {} : { second: movementMessage(second) }),
    openedAtMicros: microsOf(row.openedAt),
  };
}
