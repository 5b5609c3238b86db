import type { ProductId } from '#kernel/ids.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import type { Place } from '#ledger/asset-state.ts';
import { knownPlace } from '#operations/known-place.ts';
import type { PlannedSubjectFact } from '#operations/plan-subject-facts.ts';
import type { Reason, WorkingSet } from '#operations/working-set.ts';
import type { CountBulk, MoveBulk } from './bulk-intents.ts';
import { stockIdOf } from './stock-id.ts';

/** [BK1] [BK5] One fact for each stock that the intent speaks of: as many less here, as many more there. */
export function planBulkFacts(
  intent: MoveBulk | CountBulk,
  workingSet: WorkingSet,
): Result<readonly PlannedSubjectFact[], Reason> {
  if (!workingSet.knownProductIds.has(intent.productId)) return err('unknown_product');
  const places = intent.kind === 'count_bulk' ? [intent.place] : [intent.from, intent.to];
  for (const place of places) {
    const known = place === null ? null : knownPlace(place, workingSet);
    if (known !== null && !known.ok) return err(known.error);
  }
  if (intent.kind === 'count_bulk') {
    return ok([factAt(intent.productId, intent.place, intent.quantity, null, intent)]);
  }
  const { productId, from, to, quantity } = intent;
  if (from === null && to === null) return err('leads_nowhere');
  return ok([
    ...(from === null ? [] : [factAt(productId, from, -quantity, to, intent)]),
    ...(to === null ? [] : [factAt(productId, to, quantity, from, intent)]),
  ]);
}

function factAt(
  productId: ProductId,
  place: Place,
  quantity: number,
  other: Place | null,
  intent: MoveBulk | CountBulk,
): PlannedSubjectFact {
  return {
    subject: { ledger: 'bulk', id: stockIdOf(productId, place) },
    matter: {
      quantity,
      other_kind: other?.kind ?? null,
      other_id: other?.id ?? null,
      disposition: intent.kind === 'move_bulk' ? intent.disposition : null,
      note: intent.note,
    },
  };
}
