import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { together } from '@eventkit/database/together.ts';
import {
  and,
  asc,
  type Column,
  eq,
  fillPlaceholders,
  getTableColumns,
  inArray,
  isNull,
  type Query,
  type SQL,
  sql,
  type Table,
} from 'drizzle-orm';
import { QueryBuilder } from 'drizzle-orm/pg-core';
import { type AssetRow, assets, labels, type ProductRow, products } from './inventory-tables.ts';

/** The name or code, then the id, of the last row before the page. */
export type KeysetPosition = readonly [text: string, id: string];

/** Products by name, then id, after a position. */
export function listProducts(
  tx: TenantTransaction,
  { after, limit }: { readonly after: KeysetPosition | null; readonly limit: number },
): Promise<ProductRow[]> {
  const statement = after === null ? statements.firstProducts : statements.nextProducts;
  return rowsOf(tx, statement, { text: after?.[0], id: after?.[1], limit });
}

/** Assets by code, then id, after a position; of one product where it is given. */
export function listAssets(
  tx: TenantTransaction,
  page: { readonly after: KeysetPosition | null; readonly limit: number; readonly productId: string | null },
): Promise<AssetRow[]> {
  const { after, limit, productId } = page;
  const ofAll = after === null ? statements.firstAssets : statements.nextAssets;
  const ofProduct = after === null ? statements.firstAssetsOfProduct : statements.nextAssetsOfProduct;
  const statement = productId === null ? ofAll : ofProduct;
  return rowsOf(tx, statement, { text: after?.[0], id: after?.[1], limit, productId });
}

/**
 * The asset behind a code, with its product: the one that the label with this value leads to, or else the one whose
 * own code it is. Null where this tenant knows neither, and for the label of a place.
 */
export async function findAssetByLabel(
  tx: TenantTransaction,
  value: string,
): Promise<{ readonly asset: AssetRow; readonly product: ProductRow } | null> {
  const [[asset], [product]] = await together([
    rowsOf<AssetRow>(tx, statements.assetBehind, { value }),
    rowsOf<ProductRow>(tx, statements.productBehind, { value }),
  ]);
  return asset === undefined || product === undefined ? null : { asset, product };
}

type Statement = Query & { readonly name: string };

async function rowsOf<Row extends object>(
  tx: TenantTransaction,
  { name, sql: text, params }: Statement,
  given: Record<string, unknown>,
): Promise<Row[]> {
  return (await tx.query<Row>({ name, text, values: fillPlaceholders(params, given) })).rows;
}

/** Built once, and planned once by each connection: both cost more than what most of them read. */
const statements = statementsOf(new QueryBuilder());

function statementsOf(build: QueryBuilder) {
  const productPage = (name: string, position?: SQL): Statement => {
    const page = build
      .select(columnsOf(products))
      .from(products)
      .where(and(isNull(products.deletedAt), position))
      .orderBy(asc(products.name), asc(products.id))
      .limit(sql.placeholder('limit'));
    return { name, ...page.toSQL() };
  };
  const assetPage = (name: string, ...conditions: SQL[]): Statement => {
    const page = build
      .select(columnsOf(assets))
      .from(assets)
      .where(and(isNull(assets.deletedAt), ...conditions))
      .orderBy(asc(assets.code), asc(assets.id))
      .limit(sql.placeholder('limit'));
    return { name, ...page.toSQL() };
  };
  const value = sql.placeholder('value');
  const label = build
    .select({ assetId: labels.assetId })
    .from(labels)
    .where(and(eq(labels.value, value), isNull(labels.deletedAt)));
  // Two ways that never both lead somewhere: with OR between them no index would be used.
  const behind = sql`(${label} UNION ALL SELECT ${assets.id} FROM ${assets} WHERE ${assets.code} = ${value} AND NOT EXISTS ${label})`;
  const asset = build
    .select(columnsOf(assets))
    .from(assets)
    .where(and(inArray(assets.id, behind), isNull(assets.deletedAt)));
  const product = build
    .select(columnsOf(products))
    .from(products)
    .innerJoin(assets, eq(products.id, assets.productId))
    .where(and(inArray(assets.id, behind), isNull(assets.deletedAt)));
  const ofProduct = eq(assets.productId, sql.placeholder('productId'));
  const beyondProduct = beyond(products.name, products.id);
  const beyondAsset = beyond(assets.code, assets.id);
  return {
    firstProducts: productPage('list-products'),
    nextProducts: productPage('list-products-after', beyondProduct),
    firstAssets: assetPage('list-assets'),
    nextAssets: assetPage('list-assets-after', beyondAsset),
    firstAssetsOfProduct: assetPage('list-assets-of-product', ofProduct),
    nextAssetsOfProduct: assetPage('list-assets-of-product-after', ofProduct, beyondAsset),
    assetBehind: { name: 'find-asset-behind-code', ...asset.toSQL() },
    productBehind: { name: 'find-product-behind-code', ...product.toSQL() },
  };
}

/** The columns of a table by the names that they have in code. */
function columnsOf(table: Table): Record<string, SQL.Aliased> {
  const columns: [string, Column][] = Object.entries(getTableColumns(table));
  return Object.fromEntries(columns.map(([name, column]) => [name, sql`${column}`.as(name)]));
}

function beyond(text: Column, id: Column): SQL {
  return sql`(${text}, ${id}) > (${sql.placeholder('text')}::text, ${sql.placeholder('id')}::uuid)`;
}
