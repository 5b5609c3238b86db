import type { AssetId, ProductId } from '@eventkit/shared/kernel/ids.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';

export const FREE_TWINS = `SELECT a.code, a.place_id AS placeId FROM assets_now a
  WHERE a.product_id = ? AND a.status = 'in_service' AND a.place_kind = 'location' AND a.id <> ?`;

/** Another unit of the product that lies free on a shelf, the first in order of its shelf; null where there is none. */
export async function readTwin(
  replica: ReplicaReader,
  { id, productId }: { readonly id: AssetId; readonly productId: ProductId },
): Promise<{ readonly code: string; readonly placeCode: string } | null> {
  const free = await replica.getAll<{ code: string; placeId: string }>(FREE_TWINS, [productId, id]);
  const places = await replica.getAll<{ id: string; code: string }>(
    'SELECT id, code FROM storage_locations WHERE id IN (SELECT value FROM json_each(?))',
    [JSON.stringify([...new Set(free.map(({ placeId }) => placeId))])],
  );
  const codeById = new Map(places.map((place) => [place.id, place.code]));
  const lying = free.flatMap(({ code, placeId }) => {
    const placeCode = codeById.get(placeId);
    return placeCode === undefined ? [] : [{ code, placeCode }];
  });
  return lying.sort((a, b) => inWalkingOrder(a.placeCode, b.placeCode))[0] ?? null;
}

function inWalkingOrder(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
