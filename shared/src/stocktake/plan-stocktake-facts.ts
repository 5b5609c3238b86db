import { err, ok, type Result } from '#kernel/result.ts';
import { knownPlace } from '#operations/known-place.ts';
import type { PlannedSubjectFact } from '#operations/plan-subject-facts.ts';
import type { Reason, WorkingSet } from '#operations/working-set.ts';
import { lineIdOf } from './line-id.ts';
import type {
  ApproveStocktake,
  CountAsset,
  CountedThing,
  CountQuantity,
  StocktakeIntent,
} from './stocktake-intents.ts';

type Simple = Exclude<StocktakeIntent, ApproveStocktake>;

/** [ST1] [ST2] [ST8] What an intent states of a stocktake and its lines; `ownId` is the id of its operation. */
export function planStocktakeFacts(
  intent: Simple,
  ownId: string,
  workingSet: WorkingSet,
): Result<readonly PlannedSubjectFact[], Reason> {
  switch (intent.kind) {
    case 'open_stocktake':
      return ok([
        {
          subject: { ledger: 'stocktake', id: ownId },
          matter: {
            name: intent.name,
            scope: JSON.stringify(intent.scope),
            expectations: intent.isBlind ? 'hidden' : 'shown',
          },
        },
      ]);
    case 'close_stocktake':
      return ok([{ subject: { ledger: 'stocktake', id: intent.stocktakeId }, matter: {} }]);
    case 'count_asset':
    case 'count_quantity':
      return planCount(intent, workingSet);
    case 'request_recount':
      return ok(linesOf(intent).map((subject) => ({ subject, matter: {} })));
    case 'review_variance': {
      const { decision, quantity, reason } = intent;
      return ok(
        linesOf(intent).map((subject) => ({ subject, matter: { decision, quantity, note: reason } })),
      );
    }
  }
}

function planCount(
  intent: CountAsset | CountQuantity,
  workingSet: WorkingSet,
): Result<readonly PlannedSubjectFact[], Reason> {
  const known = knownPlace(intent.place, workingSet);
  if (!known.ok) return known;
  const place = { place_kind: intent.place.kind, place_id: intent.place.id };
  if (intent.kind === 'count_quantity') {
    if (!workingSet.knownProductIds.has(intent.productId)) return err('unknown_product');
    const subject = { ledger: 'count' as const, id: lineIdOf(intent.stocktakeId, countedThing(intent)) };
    return ok([{ subject, matter: { ...place, quantity: intent.quantity } }]);
  }
  const { assetId, code, observed } = intent.asset;
  if (assetId !== null && !workingSet.assetsById.has(assetId)) return err('unknown_asset');
  return ok([
    {
      subject: { ledger: 'count', id: lineIdOf(intent.stocktakeId, countedThing(intent)) },
      matter: {
        ...place,
        code,
        method: intent.method,
        observed_kind: observed?.place.kind ?? null,
        observed_id: observed?.place.id ?? null,
        observed_status: observed?.status ?? null,
      },
    },
  ]);
}

/** What a count is about: the asset that the device named, else the bare code. */
export function countedThing(intent: CountAsset | CountQuantity): CountedThing {
  if (intent.kind === 'count_quantity') {
    return { kind: 'stock', productId: intent.productId, place: intent.place };
  }
  const { assetId, code } = intent.asset;
  return assetId === null ? { kind: 'code', code } : { kind: 'asset', assetId };
}

function linesOf({
  stocktakeId,
  things,
}: Extract<StocktakeIntent, { readonly things: unknown }>): PlannedSubjectFact['subject'][] {
  const ids = new Set(things.map((thing) => lineIdOf(stocktakeId, thing)));
  return [...ids].map((id) => ({ ledger: 'count', id }));
}
