import type { ServiceImpl } from '@connectrpc/connect';
import { atOnceWithTenant } from '@eventkit/database/tenant-transaction.ts';
import type { InventoryService } from '@eventkit/proto/gen/eventkit/v1/inventory_pb.ts';
import type pg from 'pg';
import { callerOf } from '#http/caller.ts';
import { connectErrorOf } from '#http/connect-error-of.ts';
import { decodePageToken, encodePageToken, pageOf, pageSizeOf } from '#http/page-token.ts';
import { scopeOf } from '#http/scope-of.ts';
import { assetMessage, productMessage } from './inventory-messages.ts';
import { findAssetByLabel, type KeysetPosition, listAssets, listProducts } from './inventory-store.ts';

/** Products and assets of the caller's company, as the server knows them. */
export function createInventoryService({
  pool,
}: {
  readonly pool: pg.Pool;
}): ServiceImpl<typeof InventoryService> {
  return {
    async listProducts(request, context) {
      const after = positionOf('products', request.pageToken);
      const size = pageSizeOf(request.pageSize);
      const found = await atOnceWithTenant(
        pool,
        scopeOf(callerOf(context)),
        (tx) => listProducts(tx, { after, limit: size + 1 }),
        { isReadOnly: true, keepsPlans: true },
      );
      const page = pageOf(found, size, ({ name, id }) => encodePageToken('products', [name, id]));
      return { products: page.rows.map(productMessage), nextPageToken: page.nextPageToken };
    },

    async listAssets(request, context) {
      const productId = request.productId?.toLowerCase() ?? null;
      const list = `assets:${productId ?? ''}`;
      const after = positionOf(list, request.pageToken);
      const size = pageSizeOf(request.pageSize);
      const found = await atOnceWithTenant(
        pool,
        scopeOf(callerOf(context)),
        (tx) => listAssets(tx, { after, limit: size + 1, productId }),
        { isReadOnly: true, keepsPlans: true },
      );
      const page = pageOf(found, size, ({ code, id }) => encodePageToken(list, [code, id]));
      return { assets: page.rows.map(assetMessage), nextPageToken: page.nextPageToken };
    },

    async getAsset({ label }, context) {
      // No label holds a NUL, and PostgreSQL refuses to look for one.
      const found = label.includes('\0')
        ? null
        : await atOnceWithTenant(pool, scopeOf(callerOf(context)), (tx) => findAssetByLabel(tx, label), {
            isReadOnly: true,
            keepsPlans: true,
          });
      if (found === null) throw connectErrorOf({ tag: 'not_found', what: 'asset', field: 'label' });
      return { asset: assetMessage(found.asset), product: productMessage(found.product) };
    },
  };
}

function positionOf(list: string, token: string): KeysetPosition | null {
  const position = decodePageToken(list, ['string', 'uuid'], token);
  if (!position.ok) throw connectErrorOf(position.error);
  return position.value as KeysetPosition | null;
}
