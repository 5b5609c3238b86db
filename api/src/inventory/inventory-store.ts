import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { type AssetRow, assets, labels, type ProductRow, products } from './inventory-tables.ts';

/** The name or code, then the id, of the last row before the page. */
export type KeysetPosition = readonly [text: string, id: string];

/** Products by name, then id, after a position. */
export function listProducts(
  tx: TenantTransaction,
  { after, limit }: { readonly after: KeysetPosition | null; readonly limit: number },
): Promise<ProductRow[]> {
  return drizzle(tx)
    .select()
    .from(products)
    .where(and(isNull(products.deletedAt), beyond(sql`(${products.name}, ${products.id})`, after)))
    .orderBy(asc(products.name), asc(products.id))
    .limit(limit);
}

/** Assets by code, then id, after a position; of one product where it is given. */
export function listAssets(
  tx: TenantTransaction,
  page: { readonly after: KeysetPosition | null; readonly limit: number; readonly productId: string | null },
): Promise<AssetRow[]> {
  return drizzle(tx)
    .select()
    .from(assets)
    .where(
      and(
        isNull(assets.deletedAt),
        page.productId === null ? undefined : eq(assets.productId, page.productId),
        beyond(sql`(${assets.code}, ${assets.id})`, page.after),
      ),
    )
    .orderBy(asc(assets.code), asc(assets.id))
    .limit(page.limit);
}

/**
 * The asset behind a code, with its product: the one that the label with this value leads to, or else the one whose
 * own code it is. Null where this tenant knows neither.
 */
export async function findAssetByLabel(
  tx: TenantTransaction,
  value: string,
): Promise<{ readonly asset: AssetRow; readonly product: ProductRow } | null> {
  const db = drizzle(tx);
  const [label] = await db
    .select({ assetId: labels.assetId })
    .from(labels)
    .where(and(eq(labels.value, value), isNull(labels.deletedAt)))
    .limit(1);
  // The label of a place.
  if (label?.assetId === null) return null;
  const rows = await db
    .select({ asset: assets, product: products })
    .from(assets)
    .innerJoin(products, eq(products.id, assets.productId))
    .where(and(label ? eq(assets.id, label.assetId) : eq(assets.code, value), isNull(assets.deletedAt)))
    .limit(1);
  return rows[0] ?? null;
}

function beyond(columns: SQL, after: KeysetPosition | null): SQL | undefined {
  return after === null ? undefined : sql`${columns} > (${after[0]}::text, ${after[1]}::uuid)`;
}
