import type { AssetId, EventId, ProductId } from '@eventkit/shared/kernel/ids.ts';
import type { PlaceKind } from '@eventkit/shared/ledger/asset-state.ts';
import { placeOf, type ReplicaReader, readSurroundings } from '#platform/scanner/find-asset.ts';

/** A unit that could be the one in somebody's hand. */
export type Unit = {
  readonly id: AssetId;
  readonly code: string;
  readonly serial: string | null;
  /** Its shelf, or the case it is in; null where it is away or unknown. */
  readonly where: string | null;
};

export const UNITS_OF_PRODUCT = `SELECT a.id, a.code, a.serial, a.place_kind AS kind, a.place_id AS placeId
  FROM assets_now a WHERE a.product_id = ? AND a.status <> 'retired'`;

type Row = Omit<Unit, 'where'> & { readonly kind: PlaceKind; readonly placeId: string };

/** Units of a product that are not out to this event, those on shelves first, to be ticked by hand. */
export async function readUnits(
  replica: ReplicaReader,
  eventId: EventId,
  productId: ProductId,
): Promise<Unit[]> {
  const rows = await replica.getAll<Row>(UNITS_OF_PRODUCT, [productId]);
  const surroundingsOf = await readSurroundings(
    replica,
    rows.map((row) => placeOf(row.kind, row.placeId)),
  );
  const shelves = await replica.getAll<{ id: string; code: string }>(
    'SELECT id, code FROM storage_locations',
  );
  const codeById = new Map(shelves.map(({ id, code }) => [id, code]));
  return rows
    .map((row) => ({ row, around: surroundingsOf(placeOf(row.kind, row.placeId)) }))
    .filter(({ around }) => around.at.place?.id !== eventId)
    .map(({ row: { id, code, serial }, around }) => {
      const where = around.cases[0]?.code ?? codeById.get(around.at.place?.id ?? '') ?? null;
      return { id, code, serial, where };
    })
    .sort((a, b) => byKnownPlace(a, b) || a.code.localeCompare(b.code, 'en', { numeric: true }));
}

function byKnownPlace(a: Unit, b: Unit): number {
  return Number(a.where === null) - Number(b.where === null);
}
