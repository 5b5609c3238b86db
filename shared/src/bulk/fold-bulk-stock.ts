import type { ConflictId, EventId, MovementId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Conflict } from '#ledger/conflict.ts';
import type { SubjectFold } from '#operations/fold-subject.ts';
import type { RowOf } from '#schema/row-types.ts';
import { subjectKey } from '#schema/subject-ledgers.ts';
import { stockOfId } from './stock-id.ts';

type Fact = RowOf<'bulk_movements'>;

/** [BK2] [BK3] [BK4] How many there are, and where it went below nothing. */
export function foldBulkStock(stockId: string, facts: readonly Fact[]): SubjectFold {
  let quantity = 0;
  const conflicts: Conflict[] = [];
  for (const fact of facts) {
    const before = quantity;
    quantity = setsNumber(fact) ? quantityOf(fact) : before + quantityOf(fact);
    if (before >= 0 && quantity < 0) conflicts.push(shortage(stockId, fact));
    if (before < 0 && quantity >= 0) settleLast(conflicts, fact);
  }
  return { rows: [{ table: 'bulk_stock', row: stockRow(stockId, quantity, facts.at(-1)) }], conflicts };
}

/** A count sets the number, and so does a stocktake, as of the instant of its count. */
function setsNumber({ kind }: Fact): boolean {
  return kind === 'count_bulk' || kind === 'approve_stocktake';
}

/** More or fewer for a move, the number itself for a count. */
function quantityOf(fact: Fact): number {
  return Number(fact.quantity ?? 0);
}

function stockRow(stockId: string, quantity: number, last: Fact | undefined): RowOf<'bulk_stock'> {
  const { productId, place } = stockOfId(stockId);
  return {
    id: stockId,
    product_id: productId,
    place_kind: place.kind,
    place_id: place.id,
    quantity,
    last_movement_id: last?.id ?? null,
    last_moved_at: last?.effective_at ?? null,
  };
}

function shortage(stockId: string, fact: Fact): Conflict {
  const { place } = stockOfId(stockId);
  return {
    id: `bulk_short:${fact.id}` as ConflictId,
    class: 'bulk_short',
    status: 'open',
    assetId: null,
    otherAssetId: null,
    firstMovementId: null,
    secondMovementId: fact.id as MovementId,
    settledByMovementId: null,
    operationId: null,
    eventId: place.kind === 'event' ? (place.id satisfies EventId) : null,
    code: null,
    subject: subjectKey({ ledger: 'bulk', id: stockId }),
    detail: null,
    openedAt: fact.effective_at as Instant,
  };
}

function settleLast(conflicts: Conflict[], by: Fact): void {
  const last = conflicts.at(-1);
  if (last === undefined) return;
  conflicts[conflicts.length - 1] = { ...last, status: 'settled', settledByMovementId: by.id as MovementId };
}
