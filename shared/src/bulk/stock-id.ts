import type { ProductId } from '#kernel/ids.ts';
import type { Place } from '#ledger/asset-state.ts';

/** [BK1] Names the stock of a product at a place. */
export function stockIdOf(productId: ProductId, place: Place): string {
  return `${productId}:${place.kind}:${place.id}`;
}

/** What the id of a stock names; throws on text that `stockIdOf` never made. */
export function stockOfId(stockId: string): { readonly productId: ProductId; readonly place: Place } {
  const [productId, kind, id, ...rest] = stockId.split(':');
  if (!productId || !kind || !id || rest.length > 0) throw new Error(`${stockId} names no stock`);
  return { productId: productId as ProductId, place: { kind, id } as Place };
}
