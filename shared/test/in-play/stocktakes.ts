import fc from 'fast-check';
import type { AssetId, StorageLocationId } from '#kernel/ids.ts';
import type { FactRow } from '#operations/counted-facts.ts';
import type { Intent, Operation } from '#operations/operation.ts';
import { rowsOf } from '#operations/subject-state.ts';
import type { CountedThing } from '#stocktake/stocktake-intents.ts';
import { productIds } from '#test/arbitrary-bulk.ts';
import { operationsOf } from '#test/arbitrary-history.ts';
import { arbitraryBases, itemIds, locationIds } from '#test/arbitrary-ledger.ts';
import { arbitraryReading, codeOf } from '#test/arbitrary-operations.ts';
import { arbitraryStocktakeIntent } from '#test/arbitrary-stocktake.ts';
import { testId } from '#test/test-ids.ts';
import { toldOfAssets, toldOfBulk, toldOfStocktakes } from '#test/told-by-oracles.ts';
import { type OperationFamily, rulesOfEverySubject } from './operation-family.ts';
import { hasTaken, type PlayedOperations, type PlayedSubject, someSubject } from './played-operations.ts';

const assetId = itemIds[0] ?? testId<AssetId>('asset', 1);
const otherAssetId = itemIds[1] ?? testId<AssetId>('asset', 2);
const [productId] = productIds;
const place = { kind: 'location' as const, id: locationIds[0] ?? testId<StorageLocationId>('location', 1) };

/** What moves of the things that are counted. */
const comings: readonly Intent[] = [
  ...[assetId, otherAssetId].map(
    (id): Intent => ({
      kind: 'move',
      asset: { code: codeOf(id), assetId: id, observed: null },
      locationId: place.id,
    }),
  ),
  {
    kind: 'move_bulk',
    productId,
    quantity: 2,
    from: place,
    to: null,
    disposition: 'consumed',
    note: null,
  },
];

/** One stocktake by three people, approved again and again, while a few things move. */
export const stocktakeFamily: OperationFamily = {
  name: 'stocktakes',
  sets: fc
    .record({
      bases: arbitraryBases,
      operations: operationsOf(
        fc.oneof(
          { weight: 9, arbitrary: arbitraryStocktakeIntent.map(ofFewThings) },
          { weight: 1, arbitrary: arbitraryReading },
          { weight: 2, arbitrary: fc.constantFrom<Intent>(...comings) },
        ),
        { minLength: 9, maxLength: 18, oneApprovalIn: 3, lastSecond: 8 },
      ),
      written: fc.constant(null),
    })
    .map((set) => ({ ...set, operations: set.operations.map(openedFirst) })),
  rules: {
    ST1: someSubject('stocktake', ({ counted }) => new Set(counted.map(({ kind }) => kind)).size > 1),
    ST2: someSubject('count', (line, set) => line.counted.some(isCount) && statusOf(line, set) !== 'open'),
    ST3: someSubject('count', ({ id, counted }) => !isStock(id) && counted.filter(isCount).length > 1),
    ST4: someSubject(
      'count',
      ({ id, counted }) =>
        isStock(id) && new Set(counted.filter(isCount).map(({ recorded_by }) => recorded_by)).size > 1,
    ),
    ST5: someSubject('count', ({ counted }) =>
      counted.some((fact, index) => fact.kind === 'request_recount' && counted.slice(0, index).some(isCount)),
    ),
    ST6: someSubject(
      'count',
      ({ counted }) =>
        counted.some(({ kind }) => kind === 'review_variance') &&
        counted.some((fact) => isCount(fact) || fact.kind === 'request_recount'),
    ),
    ST7: someSubject('count', ({ counted }) => {
      const approval = counted.findIndex(({ kind }) => kind === 'approve_stocktake');
      return approval >= 0 && counted.length > 1;
    }),
    ST10: changesAmongOthers,
    ST11: hasTaken('approve_stocktake', ({ adjustments }) => adjustments.length > 1),
    ...rulesOfEverySubject('stocktake'),
    ...rulesOfEverySubject('count'),
  },
  told: ({ bases }, ledger) => [toldOfAssets(bases, ledger), toldOfBulk(ledger), toldOfStocktakes(ledger)],
};

/** One piece of one product on one shelf, and one other thing: what is counted meets. */
function ofFewThings(intent: Intent): Intent {
  switch (intent.kind) {
    case 'count_asset':
      return intent.asset.assetId === null ? intent : { ...intent, asset: { ...intent.asset, assetId } };
    case 'count_quantity':
      return { ...intent, productId, place };
    case 'request_recount':
    case 'review_variance':
      return { ...intent, things: intent.things.map(ofFew) };
    default:
      return intent;
  }
}

function ofFew(thing: CountedThing): CountedThing {
  if (thing.kind === 'asset') return { ...thing, assetId };
  if (thing.kind === 'stock') return { ...thing, productId, place };
  // Of a code nothing can be approved; it is counted often enough.
  return { kind: 'asset', assetId: otherAssetId };
}

/** The first operation gives the stocktake its name, mostly by opening it. */
function openedFirst(operation: Operation, index: number): Operation {
  if (index > 0 || operation.recordedAt.endsWith('4.000000Z')) return operation;
  const intent = {
    kind: 'open_stocktake' as const,
    name: 'Q4',
    scope: { kind: 'full' as const },
    isBlind: false,
  };
  return { ...operation, intent };
}

/** What an approval changed of an asset or a stock is not all that is known of it. */
function changesAmongOthers(set: PlayedOperations): boolean {
  const isChange = ({ kind }: { readonly kind: string | null }) => kind === 'approve_stocktake';
  const assets = Map.groupBy(set.assetFacts, ({ assetId }) => assetId);
  return [...assets.values(), ...set.subjects('bulk').map(({ counted }) => counted)].some(
    (facts) => facts.length > 1 && facts.some(isChange),
  );
}

function isCount({ kind }: FactRow): boolean {
  return kind === 'count_asset' || kind === 'count_quantity';
}

function isStock(lineId: string): boolean {
  return lineId.includes(':stock:');
}

/** Of the stocktake that a line belongs to; null where nobody opened it. */
function statusOf({ id }: PlayedSubject, set: PlayedOperations): string | null {
  const stocktake = set.subjects('stocktake').find((one) => id.startsWith(`${one.id}:`));
  return stocktake === undefined ? null : (rowsOf(stocktake.state, 'stocktakes')[0]?.status ?? null);
}
