import type { ProductId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { PlaceKind } from '@eventkit/shared/ledger/asset-state.ts';

/** A stock that a conflict is about, as it stands now. */
export type ShortStock = {
  readonly id: string;
  readonly productId: ProductId;
  readonly productName: string;
  readonly placeKind: PlaceKind;
  readonly placeId: string;
  readonly placeName: string | null;
  readonly quantity: number;
};

const placeName = (kind: string, id: string) => `CASE ${kind}
    WHEN 'location' THEN (SELECT s.code FROM storage_locations s WHERE s.id = ${id})
    WHEN 'case' THEN (SELECT a.code FROM assets_now a WHERE a.id = ${id})
    WHEN 'event' THEN (SELECT e.name FROM events_now e WHERE e.id = ${id})
    WHEN 'vehicle' THEN (SELECT v.name FROM vehicles v WHERE v.id = ${id})
  END`;

/** One parameter: the conflict. */
export const SHORT_STOCK = `
SELECT b.id, b.product_id AS productId, b.place_kind AS placeKind, b.place_id AS placeId, b.quantity,
       coalesce((SELECT p.name FROM products p WHERE p.id = b.product_id), '') AS productName,
       ${placeName('b.place_kind', 'b.place_id')} AS placeName
  FROM bulk_stock_now b
 WHERE b.id IN (SELECT substr(c.subject, 6) FROM conflicts_now c WHERE c.id = ? AND c.subject LIKE 'bulk:%')`;

export type StockFact = {
  readonly id: string;
  readonly kind: 'opening' | 'move_bulk' | 'count_bulk';
  readonly quantity: number;
  readonly effectiveAt: Instant;
  readonly receivedAt: Instant | null;
  readonly otherKind: PlaceKind | null;
  readonly otherName: string | null;
  readonly note: string | null;
  readonly who: string | null;
  readonly device: string | null;
};

/** Everything said of a stock that nobody took back, in the order in which it happened. One parameter: the stock. */
export const FACTS_OF_STOCK = `
SELECT m.id, m.kind, m.quantity, m.effective_at AS effectiveAt, m.received_at AS receivedAt,
       m.other_kind AS otherKind, ${placeName('m.other_kind', 'm.other_id')} AS otherName, m.note,
       (SELECT u.name FROM users u WHERE u.id = m.recorded_by) AS who,
       (SELECT d.name FROM devices d WHERE d.id = m.device_id) AS device
  FROM bulk_movements_now m
 WHERE m.stock_id = ? AND m.kind <> 'undo' AND NOT EXISTS (
   SELECT 1 FROM bulk_movements_now u
    WHERE u.stock_id = m.stock_id AND u.undoes_operation_id = m.operation_id AND u.device_id = m.device_id)
 ORDER BY m.effective_at, m.device_id, m.sequence, m.id`;

/**
 * Who took from a stock between the last count and the fact that brought it below nothing: all who may be right or
 * wrong about it, and the number they took from.
 */
export function takersOf(
  facts: readonly StockFact[],
  shortFactId: string,
): { readonly basis: StockFact | null; readonly takers: readonly StockFact[] } {
  const end = facts.findIndex(({ id }) => id === shortFactId);
  if (end < 0) return { basis: null, takers: [] };
  const upTo = facts.slice(0, end + 1);
  const start = upTo.findLastIndex(({ kind }) => kind !== 'move_bulk');
  return {
    basis: upTo[start] ?? null,
    takers: upTo.slice(start + 1).filter(({ quantity }) => quantity < 0),
  };
}
