import type { ProductId } from '#kernel/ids.ts';
import type { Place } from '#ledger/asset-state.ts';
import type { Disposition } from '#operations/operation.ts';

/**
 * A number of pieces of one product went from one place to another. `from` null: they were found; `to` null: they
 * are used up, broken or gone; both need a note then, unless the disposition says it.
 */
export type MoveBulk = {
  readonly kind: 'move_bulk';
  readonly productId: ProductId;
  readonly quantity: number;
  readonly from: Place | null;
  readonly to: Place | null;
  /** How they came back; null where nobody looked. */
  readonly disposition: Disposition | null;
  readonly note: string | null;
};

/** Somebody counted the pieces of a product at one place. */
export type CountBulk = {
  readonly kind: 'count_bulk';
  readonly productId: ProductId;
  readonly place: Place;
  readonly quantity: number;
  readonly note: string | null;
};

export type BulkIntent = MoveBulk | CountBulk;
