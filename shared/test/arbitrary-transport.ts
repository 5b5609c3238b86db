import fc from 'fast-check';
import { MOST_SIGNATURES } from '#attachments/attachment.ts';
import type { Intent } from '#operations/operation.ts';
import type { TransportIntent } from '#transport/transport-intents.ts';
import { arbitraryAttachments } from './arbitrary-attachments.ts';
import { productIds } from './arbitrary-bulk.ts';
import { arbitraryPlace, caseIds, eventIds, itemIds, vehicleIds } from './arbitrary-ledger.ts';

const vehicleId = fc.constantFrom(...vehicleIds);
const someEvents = fc.uniqueArray(fc.constantFrom(...eventIds.slice(0, 2)), { maxLength: 2 });

/** A vehicle leaves, or is there. */
export const arbitraryRide: fc.Arbitrary<TransportIntent> = fc.oneof(
  fc.record({ kind: fc.constant('dispatch' as const), vehicleId, eventIds: someEvents }),
  fc.record({
    kind: fc.constant('arrive' as const),
    vehicleId,
    place: arbitraryPlace,
    eventIds: someEvents,
  }),
);

/** Few vehicles and events, so that trips begin, are confirmed, change and end. */
export const arbitraryTransportIntent: fc.Arbitrary<TransportIntent> = fc.oneof(
  { weight: 2, arbitrary: arbitraryRide },
  {
    weight: 6,
    arbitrary: fc.record(
      {
        kind: fc.constant('confirm_truck_pack' as const),
        vehicleId,
        eventId: fc.constantFrom(...eventIds.slice(0, 2)),
        contents: fc.subarray([...itemIds, ...caseIds]),
        leftBehind: fc.array(
          fc.record({
            productId: fc.constantFrom(...productIds),
            count: fc.integer({ min: 1, max: 9 }),
            why: fc.constantFrom('follows' as const, 'not_needed' as const),
          }),
          { maxLength: 2 },
        ),
        attachments: arbitraryAttachments(MOST_SIGNATURES),
      },
      { requiredKeys: ['kind', 'vehicleId', 'eventId', 'contents', 'leftBehind'] },
    ),
  },
);

/** Nearly all of it with one truck for one event, so that it meets. */
export function onOneTruck(intent: Intent): Intent {
  const [vehicle, event] = [vehicleIds[0], eventIds[0]];
  if (vehicle === undefined || event === undefined || !('vehicleId' in intent)) return intent;
  const onTruck = { ...intent, vehicleId: vehicle };
  return 'eventId' in onTruck && onTruck.eventId !== null ? { ...onTruck, eventId: event } : onTruck;
}
