import fc from 'fast-check';
import type {
  AssetId,
  DeviceId,
  EventId,
  MovementId,
  OperationId,
  StorageLocationId,
  VehicleId,
} from '#kernel/ids.ts';
import type { Place } from '#ledger/asset-state.ts';
import type { AssetBase } from '#ledger/asset-track.ts';
import type { Movement } from '#ledger/movement.ts';
import type { Observed } from '#operations/operation.ts';
import { noDetails } from '#operations/stated-facts.ts';
import { seldom } from './seldom.ts';
import { testId, testInstant } from './test-ids.ts';

/** A small world in which everything meets: four cases, three other assets, three events, two locations, two vehicles. */
export const caseIds = [1, 2, 3, 4].map((n) => testId<AssetId>('case', n));
export const itemIds = [1, 2, 3].map((n) => testId<AssetId>('asset', n));
export const eventIds = [1, 2, 3].map((n) => testId<EventId>('event', n));
export const locationIds = [1, 2].map((n) => testId<StorageLocationId>('location', n));
export const vehicleIds = [1, 2].map((n) => testId<VehicleId>('vehicle', n));
export const deviceIds = [1, 2, 3].map((n) => testId<DeviceId>('device', n));

const location: fc.Arbitrary<Place> = fc.constantFrom(...locationIds).map((id) => ({ kind: 'location', id }));
const event: fc.Arbitrary<Place> = fc.constantFrom(...eventIds).map((id) => ({ kind: 'event', id }));
const inCase: fc.Arbitrary<Place> = fc.constantFrom(...caseIds).map((id) => ({ kind: 'case', id }));
const onVehicle: fc.Arbitrary<Place> = fc.constantFrom(...vehicleIds).map((id) => ({ kind: 'vehicle', id }));
export const arbitraryPlace = fc.oneof(location, event, inCase, onVehicle);

export const arbitraryObserved: fc.Arbitrary<Observed | null> = fc.option(
  fc.record({
    place: arbitraryPlace,
    status: fc.constantFrom(
      'in_service' as const,
      'quarantined' as const,
      'in_repair' as const,
      'lost' as const,
      'retired' as const,
    ),
  }),
);

export const arbitraryDisposition = fc.constantFrom(
  'ok' as const,
  'ok' as const,
  'damaged' as const,
  'lost' as const,
  'consumed' as const,
);

/** Baselines: never in a circle, since a case starts only in a case before it. */
export const arbitraryBases: fc.Arbitrary<readonly AssetBase[]> = fc
  .array(fc.option(fc.nat(9)), { minLength: 7, maxLength: 7 })
  .map((choices) =>
    [...caseIds, ...itemIds].map((id, index): AssetBase => {
      const choice = choices[index] ?? null;
      const around = choice === null ? undefined : caseIds.slice(0, index)[choice];
      const locationId = locationIds[index % 2] as StorageLocationId;
      return {
        id,
        baseline: around === undefined ? { kind: 'location', id: locationId } : { kind: 'case', id: around },
      };
    }),
  );

/** Dates among the instants at which things happen, so that they are due before, at and after them. */
export const arbitraryDue = fc.option(fc.nat(14).map(testInstant), { freq: 3 });

type StatedFact = Pick<Movement, 'kind' | 'to'> & Partial<Movement>;

const arbitraryFact: fc.Arbitrary<StatedFact> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('check_out' as const), to: event }) },
  fc.record({ kind: fc.constant('check_in' as const), to: location, disposition: arbitraryDisposition }),
  fc.record({ kind: fc.constant('move' as const), to: location }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pack' as const), to: inCase }) },
  fc.record({
    kind: fc.constantFrom('unpack' as const, 'resolve' as const, 'found' as const),
    to: arbitraryPlace,
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('load' as const),
      to: onVehicle,
      eventId: fc.option(fc.constantFrom(...eventIds), { freq: 3 }),
    }),
  },
  fc.record({ kind: fc.constant('unload' as const), to: fc.oneof(event, location) }),
  fc.record({
    kind: fc.constantFrom(
      'quarantine' as const,
      'release' as const,
      'retire' as const,
      'repair_start' as const,
      'seal' as const,
      'open' as const,
    ),
    to: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant('repair_done' as const),
    to: fc.constant(null),
    inspectionDueAt: arbitraryDue,
  }),
  fc.record({
    kind: fc.constant('inspection_result' as const),
    to: fc.constant(null),
    outcome: fc.constantFrom('passed' as const, 'failed' as const),
    inspectionDueAt: arbitraryDue,
  }),
);

/** One operation: a fact about one to three assets, at one of few instants so that ties are common. */
const operationOf = (fact: fc.Arbitrary<StatedFact>) =>
  fc.record({
    assetIds: fc.uniqueArray(fc.oneof(fc.constantFrom(...caseIds), fc.constantFrom(...itemIds)), {
      minLength: 1,
      maxLength: 3,
    }),
    deviceId: fc.constantFrom(...deviceIds),
    second: fc.nat(12),
    fact,
    observed: arbitraryObserved,
    undo: seldom(fc.record({ deviceId: seldom(fc.constantFrom(...deviceIds)), second: fc.nat(12) })),
    // Mostly what it is; sometimes the device took it for something else, and sometimes nobody knows.
    read: fc.constantFrom(
      'right' as const,
      'right' as const,
      'right' as const,
      'wrong' as const,
      'unknown' as const,
    ),
  });

const movementsOf = (fact: fc.Arbitrary<StatedFact>): fc.Arbitrary<readonly Movement[]> =>
  fc.array(operationOf(fact), { maxLength: 14, size: 'max' }).map((operations) =>
    operations.flatMap((operation, index) => {
      const facts = operation.assetIds.map((assetId, member) =>
        movement(index, member, assetId, operation.deviceId, operation.second, {
          ...operation.fact,
          observed: operation.observed,
          ...asRead(assetId, operation.read),
        }),
      );
      const { undo } = operation;
      if (undo === null) return facts;
      const undos = operation.assetIds.map((assetId, member) =>
        movement(index + 100, member, assetId, undo.deviceId ?? operation.deviceId, undo.second, {
          kind: 'undo',
          to: null,
          ...asRead(assetId, operation.read),
          undoesOperationId: testId<OperationId>('operation', index),
        }),
      );
      return [...facts, ...undos];
    }),
  );

/** Facts and undos, in no particular order. */
export const arbitraryMovements = movementsOf(arbitraryFact);

/** With more that gets lost: it is found by whatever is said of it next. */
export const arbitraryMovementsAndLosses = movementsOf(
  fc.oneof(
    { weight: 12, arbitrary: arbitraryFact },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('check_in' as const),
        to: location,
        disposition: fc.constant('lost' as const),
      }),
    },
  ),
);

function asRead(assetId: AssetId, read: 'right' | 'wrong' | 'unknown') {
  if (read === 'unknown') return { assetId: null };
  return { namedAssetId: read === 'right' ? assetId : testId<AssetId>('asset', 99) };
}

function movement(
  n: number,
  member: number,
  assetId: AssetId,
  deviceId: DeviceId,
  second: number,
  facts: StatedFact,
): Movement {
  return {
    id: `${testId<OperationId>('operation', n)}:${member}` as MovementId,
    operationId: testId('operation', n),
    assetId,
    effectiveAt: testInstant(second),
    deviceId,
    sequence: n % 3,
    recordedBy: testId('user', 1),
    code: null,
    namedAssetId: null,
    observed: null,
    undoesOperationId: null,
    receivedAt: null,
    ...noDetails,
    ...facts,
  };
}
