import type { MessageInitShape } from '@bufbuild/protobuf';
import type { AssetId, EventId, ProductId, VehicleId } from '@eventkit/shared/kernel/ids.ts';
import type { TransportIntent } from '@eventkit/shared/transport/transport-intents.ts';
import type { Operation as OperationMessage, OperationSchema } from '#gen/eventkit/v1/operation_pb.ts';
import { attachmentInits, attachmentsOfMessages } from './attachment-messages.ts';
import { leftBehindNumbers, wordOf } from './operation-enums.ts';
import { missing, placeInit, placeOf, uuid } from './place-messages.ts';

type Case = 'dispatch' | 'arrive' | 'confirmTruckPack';
type Message = Extract<OperationMessage['intent'], { readonly case: Case }>;
type Init = Extract<NonNullable<MessageInitShape<typeof OperationSchema>['intent']>, { case: Case }>;

/** What is said of vehicles, from the wire. */
export function transportIntentOf(message: Message): TransportIntent {
  const vehicleId = uuid<VehicleId>(message.value.vehicleId);
  switch (message.case) {
    case 'dispatch':
      return { kind: 'dispatch', vehicleId, eventIds: message.value.eventIds.map(uuid<EventId>) };
    case 'arrive':
      return {
        kind: 'arrive',
        vehicleId,
        place: placeOf(message.value.place),
        eventIds: message.value.eventIds.map(uuid<EventId>),
      };
    case 'confirmTruckPack':
      return {
        kind: 'confirm_truck_pack',
        vehicleId,
        eventId: uuid<EventId>(message.value.eventId),
        contents: (message.value.contents ?? missing('contents')).assetIds.map(uuid<AssetId>),
        leftBehind: message.value.leftBehind.map(({ productId, count, why }) => ({
          productId: uuid<ProductId>(productId),
          count,
          why: wordOf(leftBehindNumbers, why) ?? missing('why'),
        })),
        ...attachmentsOfMessages(message.value.attachments),
      };
  }
}

/** What is said of vehicles, for the wire. */
export function transportIntentInit(intent: TransportIntent): Init {
  const { vehicleId } = intent;
  switch (intent.kind) {
    case 'dispatch':
      return { case: 'dispatch', value: { vehicleId, eventIds: [...intent.eventIds] } };
    case 'arrive':
      return {
        case: 'arrive',
        value: { vehicleId, place: placeInit(intent.place), eventIds: [...intent.eventIds] },
      };
    case 'confirm_truck_pack':
      return {
        case: 'confirmTruckPack',
        value: {
          vehicleId,
          eventId: intent.eventId,
          contents: { assetIds: [...intent.contents] },
          leftBehind: intent.leftBehind.map(({ why, ...left }) => ({ ...left, why: leftBehindNumbers[why] })),
          attachments: attachmentInits(intent.attachments),
        },
      };
  }
}
