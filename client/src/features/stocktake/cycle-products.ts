import type { ProductId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';

export type CycleProduct = {
  readonly id: ProductId;
  readonly name: string;
  readonly category: string;
  /** When any of it was counted last, in whatever stocktake; null where nobody ever did. */
  readonly countedAt: Instant | null;
};

/** Every product of which something is in stock or out: what was not counted for longest comes first. */
export const PRODUCTS_TO_CYCLE = `
WITH counted (product_id, at) AS (
  SELECT coalesce(c.product_id, (SELECT a.product_id FROM assets_now a WHERE a.id = c.asset_id)), max(c.counted_at)
    FROM count_lines_now c WHERE c.counted_at IS NOT NULL GROUP BY 1),
owned (product_id) AS (
  SELECT product_id FROM assets_now WHERE status NOT IN ('lost', 'retired')
  UNION SELECT product_id FROM bulk_stock_now WHERE quantity > 0)
SELECT p.id, coalesce(p.name, '') AS name, coalesce(p.category, '') AS category, counted.at AS countedAt
  FROM products p LEFT JOIN counted ON counted.product_id = p.id
 WHERE p.id IN (SELECT product_id FROM owned)
 ORDER BY counted.at, p.name, p.id`;

/** Products of one kind, to be chosen together. */
export type CycleCategory = {
  readonly name: string;
  readonly products: readonly CycleProduct[];
  /** Of the product that nobody counted for longest. */
  readonly countedAt: Instant | null;
};

/** The categories of products that come in the order of `PRODUCTS_TO_CYCLE`, in that order too. */
function categoriesOf(products: readonly CycleProduct[]): CycleCategory[] {
  return [...Map.groupBy(products, ({ category }) => category)]
    .filter(([name]) => name !== '')
    .map(([name, members]) => ({ name, products: members, countedAt: members[0]?.countedAt ?? null }));
}

/** The whole of each category whose name has every word that was typed. */
export function matchingCategories(products: readonly CycleProduct[], text: string): CycleCategory[] {
  return categoriesOf(products).filter(({ name }) => hasEveryWord(name, text));
}

/** What of these has every word that was typed somewhere in its name or category. */
export function matching(products: readonly CycleProduct[], text: string): readonly CycleProduct[] {
  return products.filter(({ name, category }) => hasEveryWord(`${name} ${category}`, text));
}

function hasEveryWord(said: string, text: string): boolean {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => said.toLocaleLowerCase().includes(word));
}
