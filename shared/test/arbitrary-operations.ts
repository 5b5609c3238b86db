import fc from 'fast-check';
import type {
  AssetId,
  ConflictId,
  EventId,
  PullListLineId,
  StorageLocationId,
  VehicleId,
} from '#kernel/ids.ts';
import type { Asset } from '#ledger/asset.ts';
import { type AssetBase, stateAt } from '#ledger/asset-track.ts';
import type { FillLine, Intent, ScannedAsset } from '#operations/operation.ts';
import { emptyWorkingSet } from '#operations/working-set.ts';
import { subjectKey } from '#schema/subject-ledgers.ts';
import { arbitraryAttachments } from './arbitrary-attachments.ts';
import { arbitraryBulkIntent, productIds } from './arbitrary-bulk.ts';
import { addEditedRows, arbitraryEditIntent, lineIds } from './arbitrary-edits.ts';
import { operationsOf } from './arbitrary-history.ts';
import { arbitraryLabelIntent, blankCodes } from './arbitrary-labels.ts';
import {
  arbitraryDisposition,
  arbitraryDue,
  arbitraryObserved,
  arbitraryPlace,
  caseIds,
  eventIds,
  itemIds,
  locationIds,
  vehicleIds,
} from './arbitrary-ledger.ts';
import { arbitraryStocktakeIntent } from './arbitrary-stocktake.ts';
import { arbitraryTransportIntent, onOneTruck } from './arbitrary-transport.ts';
import type { MemoryLedger } from './memory-ledger.ts';
import { testId } from './test-ids.ts';

/** A tenant with the assets of the small world at their baselines; code `A-<n>` is the label of asset n. */
export function newLedger(bases: readonly AssetBase[]): MemoryLedger {
  const ledger = emptyWorkingSet();
  for (const { id, baseline } of bases) {
    const asset: Asset = {
      id,
      productId: testId('product', 1),
      code: codeOf(id),
      serial: null,
      isCase: caseIds.includes(id),
      baseline,
      state: stateAt(baseline),
    };
    ledger.assetsById.set(id, asset);
    ledger.assetIdsByCode.set(asset.code, id);
  }
  const shelf = { id: 'row of S-1', value: 'S-1', asset_id: null, location_id: locationIds[0] ?? null };
  ledger.subjectsByKey.set(subjectKey({ ledger: 'labels', id: shelf.value }), {
    rowsByTable: new Map([
      ['labels', new Map([[shelf.id, { ...shelf, baseline_kind: null, baseline_id: null }]])],
    ]),
    conflicts: [],
  });
  for (const id of eventIds) ledger.knownEventIds.add(id);
  for (const id of locationIds) ledger.knownLocationIds.add(id);
  for (const id of productIds) ledger.knownProductIds.add(id);
  for (const id of vehicleIds) ledger.knownVehicleIds.add(id);
  addEditedRows(ledger);
  return ledger;
}

export function codeOf(id: AssetId): string {
  return `A-${[...itemIds, ...caseIds].indexOf(id) + 1}`;
}

/** Mostly things that are there; sometimes an unknown one, and half of them not resolved by the device. */
const scanned: fc.Arbitrary<ScannedAsset> = fc
  .record({
    id: fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom(...caseIds, ...itemIds) },
      { weight: 1, arbitrary: fc.constant(testId<AssetId>('asset', 99)) },
    ),
    label: fc.option(fc.constantFrom(...blankCodes), { freq: 2 }),
    isResolved: fc.boolean(),
    isByHand: fc.constantFrom(true, false, false, false, false),
    observed: arbitraryObserved,
  })
  .map(({ id, label, isResolved, isByHand, observed }) => ({
    code: label ?? codeOf(id),
    assetId: isResolved ? id : null,
    observed,
    ...(isByHand && isResolved && { isByHand }),
  }));

const members = fc.array(scanned, { minLength: 1, maxLength: 3 });
const caseId = oftenFrom(caseIds, itemIds[0]);
const eventId = oftenFrom(eventIds, testId<EventId>('event', 99));
const vehicleId = oftenFrom(vehicleIds, testId<VehicleId>('vehicle', 99));
const locationId = oftenFrom(locationIds, testId<StorageLocationId>('location', 99));

const attachments = { attachments: arbitraryAttachments(3) };

const note = fc.option(fc.constant('new lamp'), { freq: 4 });
const contents = fc.subarray(itemIds);

/** What is said of how things are, and of cases that are closed. */
const judgement: fc.Arbitrary<Intent> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('quarantine' as const),
      asset: scanned,
      reason: fc.constant('rattles'),
      ...attachments,
    },
    { requiredKeys: ['kind', 'asset', 'reason'] },
  ),
  fc.record({ kind: fc.constant('retire' as const), asset: scanned, reason: fc.constant('rattles') }),
  fc.record({ kind: fc.constantFrom('release' as const, 'repair_start' as const), asset: scanned, note }),
  fc.record({
    kind: fc.constant('repair_done' as const),
    asset: scanned,
    note,
    inspectionDueAt: arbitraryDue,
  }),
  fc.record({
    kind: fc.constant('inspection_result' as const),
    asset: scanned,
    outcome: fc.constantFrom('passed' as const, 'failed' as const),
    note: fc.constant('insulation'),
    inspectionDueAt: arbitraryDue,
  }),
  fc.record({ kind: fc.constant('seal' as const), asset: scanned, contents }),
  fc.record({ kind: fc.constant('open' as const), asset: scanned }),
);

/** What goes on and off vehicles, and turns up somewhere. */
export const arbitraryLoading: fc.Arbitrary<Intent> = fc.oneof(
  fc
    .record({
      kind: fc.constant('load' as const),
      asset: scanned,
      vehicleId,
      eventId: fc.option(eventId),
      overrideReason: fc.option(fc.constant('no other left'), { freq: 4 }),
      contents,
    })
    .map(({ contents, ...load }) => (contents.length === 0 ? load : { ...load, contents })),
  fc.record({
    kind: fc.constant('unload' as const),
    asset: scanned,
    vehicleId,
    eventId: fc.option(eventId, { freq: 5 }),
    place: arbitraryPlace,
  }),
  fc.record({ kind: fc.constant('found' as const), asset: scanned, place: arbitraryPlace, note }),
);

/** What is read off labels and taken somewhere. */
export const arbitraryReading: fc.Arbitrary<Intent> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('check_out' as const),
      asset: scanned,
      eventId,
      overrideReason: fc.option(fc.constant('no other left'), { freq: 4 }),
    }),
  },
  fc.record({ kind: fc.constant('move' as const), asset: scanned, locationId }),
  fc.record({ kind: fc.constant('pack' as const), caseId, members }),
);

/** A thing that stands in for another at an event. */
export const arbitraryFilling: fc.Arbitrary<FillLine> = fc.record({
  kind: fc.constant('fill_line' as const),
  assetId: fc.constantFrom(...itemIds.slice(0, 2), testId<AssetId>('asset', 99)),
  eventId,
  lineId: fc.constantFrom<PullListLineId | null>(
    ...(lineIds as unknown as readonly PullListLineId[]),
    testId<PullListLineId>('line', 99),
    null,
  ),
});

const intent: fc.Arbitrary<Intent> = fc.oneof(
  { weight: 4, arbitrary: arbitraryReading },
  fc.record(
    {
      kind: fc.constant('check_in' as const),
      asset: scanned,
      locationId,
      disposition: arbitraryDisposition,
      note: fc.option(fc.constant('dented'), { freq: 4 }),
      ...attachments,
    },
    { requiredKeys: ['kind', 'asset', 'locationId', 'disposition', 'note'] },
  ),
  fc.record({
    kind: fc.constant('resolve' as const),
    asset: scanned,
    conflictId: fc.constant('two_cases:baseline:x' as ConflictId),
    place: arbitraryPlace,
  }),
  { weight: 2, arbitrary: judgement },
  { weight: 2, arbitrary: arbitraryLoading },
  { weight: 2, arbitrary: arbitraryBulkIntent },
  { weight: 4, arbitrary: arbitraryEditIntent },
  { weight: 3, arbitrary: arbitraryTransportIntent },
  { weight: 8, arbitrary: arbitraryLabelIntent },
  { weight: 4, arbitrary: arbitraryStocktakeIntent },
  { weight: 2, arbitrary: arbitraryFilling },
  fc
    .record({
      caseId,
      members,
      locationId: fc.option(locationId),
      casePlace: fc.option(arbitraryPlace, { freq: 8 }),
    })
    .map((unpack) => ({
      kind: 'unpack' as const,
      ...unpack,
      casePlace: unpack.locationId === null ? unpack.casePlace : null,
    })),
);

/** Whatever people do. */
export const arbitraryOperations = operationsOf(intent, { maxLength: 16, oneApprovalIn: 9 });

/** Mostly of one stocktake, with what moves meanwhile. */
export const arbitraryStocktakes = operationsOf(
  fc.oneof({ weight: 5, arbitrary: arbitraryStocktakeIntent }, intent),
  { maxLength: 16, oneApprovalIn: 3 },
);

/** Much coming and going on two vehicles, and people who answer for it. */
export const arbitraryTransport = operationsOf(
  fc.oneof(
    { weight: 8, arbitrary: arbitraryLoading.map(onOneTruck) },
    { weight: 3, arbitrary: arbitraryTransportIntent.map(onOneTruck) },
  ),
  { maxLength: 24, oneApprovalIn: 24 },
);

function oftenFrom<Id>(ids: readonly Id[], rare: Id | undefined): fc.Arbitrary<Id> {
  const often = fc.constantFrom(...ids);
  return rare === undefined
    ? often
    : fc.oneof({ weight: 15, arbitrary: often }, { weight: 1, arbitrary: fc.constant(rare) });
}
