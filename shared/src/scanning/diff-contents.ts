import type { AssetId, ProductId } from '#kernel/ids.ts';

/** A thing in a case, with what it is; null where the device does not know it. */
export type Content = { readonly id: AssetId; readonly productId: ProductId | null };

export type ContentDiff = {
  /** On the list and not inside. */
  readonly missing: readonly AssetId[];
  /** Inside and not on the list. */
  readonly extra: readonly AssetId[];
  /** One thing of a product in place of another. */
  readonly swapped: readonly { readonly missing: AssetId; readonly extra: AssetId }[];
};

/** [SC15] What differs between the list that went with a case and what is inside now. */
export function diffContents(list: readonly Content[], inside: readonly Content[]): ContentDiff {
  const missing = without(list, inside);
  const extra = without(inside, list);
  const swapped: { missing: AssetId; extra: AssetId }[] = [];
  for (const gone of missing) {
    const taken = new Set(swapped.map((pair) => pair.extra));
    const twin = extra.find(
      ({ id, productId }) => productId !== null && productId === gone.productId && !taken.has(id),
    );
    if (twin) swapped.push({ missing: gone.id, extra: twin.id });
  }
  return {
    missing: missing.map(({ id }) => id).filter((id) => !swapped.some((pair) => pair.missing === id)),
    extra: extra.map(({ id }) => id).filter((id) => !swapped.some((pair) => pair.extra === id)),
    swapped,
  };
}

function without(contents: readonly Content[], others: readonly Content[]): Content[] {
  const ids = new Set(others.map(({ id }) => id));
  return [...new Map(contents.map((content) => [content.id, content])).values()].filter(
    ({ id }) => !ids.has(id),
  );
}
