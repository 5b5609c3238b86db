import { ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { ConfirmTruckPack } from '@eventkit/shared/transport/transport-intents.ts';
import type { LeftBehind } from '@eventkit/shared/transport/truck-pack.ts';
import type { TakenAttachment } from '#platform/attachments/taken-attachment.ts';
import type { RecordError } from '#platform/operations/recorded-operation.ts';
import type { Platform } from '#platform/platform.ts';
import type { Truck } from './truck-view.ts';

type Record = Platform['recordOperation'];

/** A person answers for what this device believes on board, as the first of this trip or as a witness. */
export async function confirmTruck(
  recordOperation: Record,
  truck: Truck,
  leftBehind: readonly LeftBehind[],
  signatures: readonly TakenAttachment[] = [],
): Promise<Result<void, RecordError>> {
  const intent: ConfirmTruckPack = {
    kind: 'confirm_truck_pack',
    vehicleId: truck.vehicle.id,
    eventId: truck.event.id,
    contents: truck.contents,
    leftBehind,
    ...(signatures.length > 0 && { attachments: signatures.map(({ file }) => file) }),
  };
  const recorded = await recordOperation(intent, signatures);
  return recorded.ok ? ok(undefined) : recorded;
}

/** The vehicle leaves. */
export async function dispatchTruck(
  recordOperation: Record,
  { vehicle, event }: Pick<Truck, 'vehicle' | 'event'>,
): Promise<Result<void, RecordError>> {
  const recorded = await recordOperation({
    kind: 'dispatch',
    vehicleId: vehicle.id,
    eventIds: [event.id],
  });
  return recorded.ok ? ok(undefined) : recorded;
}
