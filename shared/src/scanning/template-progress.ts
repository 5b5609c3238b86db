import type { ProductId } from '#kernel/ids.ts';

export type TemplateLine = { readonly productId: ProductId; readonly quantity: number };

export type TemplateProgress = {
  readonly wantedCount: number;
  /** Never more than wanted: too much of one product does not make up for another. */
  readonly insideCount: number;
  readonly missing: readonly { readonly productId: ProductId; readonly count: number }[];
  /** Things inside that no line asks for, and more of a product than its lines ask for. */
  readonly surplusCount: number;
};

/** [SC16] "11 of 12, missing: one XLR 10 m": how far a case is filled as it belongs. */
export function templateProgress(
  lines: readonly TemplateLine[],
  inside: readonly ProductId[],
): TemplateProgress {
  const wanted = new Map<ProductId, number>();
  for (const { productId, quantity } of lines) {
    wanted.set(productId, (wanted.get(productId) ?? 0) + quantity);
  }
  const counts = [...wanted].map(([productId, quantity]) => ({
    productId,
    quantity,
    present: Math.min(quantity, inside.filter((id) => id === productId).length),
  }));
  const insideCount = counts.reduce((sum, { present }) => sum + present, 0);
  return {
    wantedCount: counts.reduce((sum, { quantity }) => sum + quantity, 0),
    insideCount,
    missing: counts
      .filter(({ quantity, present }) => present < quantity)
      .map(({ productId, quantity, present }) => ({ productId, count: quantity - present })),
    surplusCount: inside.length - insideCount,
  };
}
