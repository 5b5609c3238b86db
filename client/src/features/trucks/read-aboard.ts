import type { AssetId, EventId, ProductId, VehicleId } from '@eventkit/shared/kernel/ids.ts';
import { readCaseContents } from '#platform/scanner/case-contents.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';
import type { Aboard } from './truck-view.ts';

/** A unit on a vehicle, by itself or in a case on it. */
export type UnitAboard = {
  readonly id: AssetId;
  readonly productId: ProductId;
  readonly vehicleId: VehicleId;
  readonly eventId: EventId | null;
};

export const THINGS_ABOARD = `SELECT a.id, a.code, a.product_id AS productId, a.is_case AS isCase,
  a.place_id AS vehicleId, a.for_event_id AS eventId, a.last_moved_at AS lastMovedAt,
  coalesce(p.name, '') AS productName
  FROM assets_now a LEFT JOIN products p ON p.id = a.product_id
  WHERE a.place_id IN (SELECT value FROM json_each(?)) AND a.place_kind = 'vehicle'`;

type Row = Omit<Aboard, 'isCase' | 'contentCount' | 'weightGrams'> &
  UnitAboard & { readonly isCase: number; readonly lastMovedAt: string | null };

export type AllAboard = {
  /** What stands there by itself, the last loaded first. */
  readonly things: readonly (Aboard & { readonly vehicleId: VehicleId })[];
  readonly units: readonly UnitAboard[];
  readonly gramsByProductId: ReadonlyMap<ProductId, number>;
};

/** Everything on these vehicles; one statement for each level of cases. */
export async function readAboard(
  replica: ReplicaReader,
  vehicleIds: readonly VehicleId[],
): Promise<AllAboard> {
  const rows = await replica.getAll<Row>(THINGS_ABOARD, [JSON.stringify(vehicleIds)]);
  const inCases = await Promise.all(
    rows.map(async (row) => (row.isCase === 1 ? await readCaseContents(replica, [row.id]) : [])),
  );
  const units = rows.flatMap(({ id, productId, vehicleId, eventId }, index) => [
    { id, productId, vehicleId, eventId },
    ...(inCases[index] ?? []).map((inner) => ({
      id: inner.id,
      productId: inner.productId,
      vehicleId,
      eventId,
    })),
  ]);
  const gramsByProductId = await readWeights(
    replica,
    units.map(({ productId }) => productId),
  );
  const things = rows.map((row, index) => {
    const inside = inCases[index] ?? [];
    return {
      ...row,
      isCase: row.isCase === 1,
      contentCount: inside.length,
      weightGrams: [row, ...inside].reduce(
        (sum, { productId }) => sum + (gramsByProductId.get(productId) ?? 0),
        0,
      ),
    };
  });
  things.sort((a, b) => (b.lastMovedAt ?? '').localeCompare(a.lastMovedAt ?? ''));
  return { things, units, gramsByProductId };
}

async function readWeights(
  replica: ReplicaReader,
  productIds: readonly ProductId[],
): Promise<Map<ProductId, number>> {
  const rows = await replica.getAll<{ id: ProductId; grams: number }>(
    `SELECT id, weight_grams AS grams FROM products
      WHERE id IN (SELECT value FROM json_each(?)) AND weight_grams IS NOT NULL`,
    [JSON.stringify([...new Set(productIds)])],
  );
  return new Map(rows.map(({ id, grams }) => [id, grams]));
}
