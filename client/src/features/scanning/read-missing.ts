import type { EventId, ProductId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { PlaceKind } from '@eventkit/shared/ledger/asset-state.ts';
import { placeOf, type ReplicaReader, readSurroundings } from '#platform/scanner/find-asset.ts';
import type { LoadLine } from '#platform/scanner/read-event-load.ts';

/** Units of a missing product that lie in one place. */
export type Lying =
  | {
      readonly kind: 'location';
      readonly locationId: StorageLocationId;
      readonly code: string;
      /** The case to open, or null where they lie loose. */
      readonly caseCode: string | null;
      readonly count: number;
    }
  | {
      readonly kind: 'away';
      readonly eventName: string;
      readonly backAt: Instant | null;
      readonly count: number;
    };

/** A line that is not complete, and where to look for the rest. */
export type MissingLine = {
  readonly productId: ProductId;
  readonly productName: string;
  readonly missing: number;
  /** Nearest first, what is away last; empty where this device knows of no other unit. */
  readonly places: readonly Lying[];
};

export const UNITS_OF_PRODUCTS = `WITH wanted (product_id) AS (SELECT value FROM json_each(?))
  SELECT a.product_id AS productId, iif(a.for_event_id IS NULL, a.place_kind, 'event') AS kind,
  coalesce(a.for_event_id, a.place_id) AS placeId, count(*) AS units FROM assets_now a
  WHERE a.product_id IN (SELECT product_id FROM wanted) AND a.status = 'in_service'
  GROUP BY a.product_id, kind, placeId
  UNION ALL SELECT b.product_id, b.place_kind, b.place_id, b.quantity FROM bulk_stock_now b
  WHERE b.product_id IN (SELECT product_id FROM wanted) AND b.quantity > 0`;

type UnitsRow = {
  readonly productId: ProductId;
  readonly kind: PlaceKind;
  readonly placeId: string;
  readonly units: number;
};

/** Where the missing units of these lines lie, as far as this device knows. `near` is where the person was last. */
export async function readMissing(
  replica: ReplicaReader,
  eventId: EventId,
  lines: readonly LoadLine[],
  near: StorageLocationId | null,
): Promise<MissingLine[]> {
  const open = missingByProduct(lines);
  if (open.length === 0) return [];
  const units = await replica.getAll<UnitsRow>(UNITS_OF_PRODUCTS, [
    JSON.stringify(open.map(({ productId }) => productId)),
  ]);
  const whereabouts = await readWhereabouts(replica, units);
  const rank = await readNearness(replica, near);
  return open
    .map(({ productId, productName, missing }) => ({
      productId,
      productName,
      missing,
      places: units
        .filter((row) => row.productId === productId)
        .flatMap((row) => whereabouts(row, eventId))
        .sort((a, b) => rank(a) - rank(b) || compareText(nameOf(a), nameOf(b))),
    }))
    .sort((a, b) => {
      const [first, second] = [a.places[0], b.places[0]];
      return (first ? rank(first) : LAST) - (second ? rank(second) : LAST);
    });
}

function missingByProduct(lines: readonly LoadLine[]): Omit<MissingLine, 'places'>[] {
  const byProductId = new Map<ProductId, Omit<MissingLine, 'places'>>();
  for (const { productId, productName, wantedCount, outCount } of lines) {
    const missing = (byProductId.get(productId)?.missing ?? 0) + Math.max(0, wantedCount - outCount);
    if (missing > 0) byProductId.set(productId, { productId, productName, missing });
  }
  return [...byProductId.values()];
}

type LocationRow = { readonly id: StorageLocationId; readonly code: string };
type EventRow = { readonly id: EventId; readonly name: string; readonly return_at: Instant | null };

/** Resolves each distinct place once: cases to where they stand, locations and events to their names. */
async function readWhereabouts(
  replica: ReplicaReader,
  units: readonly UnitsRow[],
): Promise<(row: UnitsRow, besides: EventId) => Lying[]> {
  const places = units.map(({ kind, placeId }) => placeOf(kind, placeId));
  const surroundingsOf = await readSurroundings(replica, places);
  const ends = new Map(
    places.map((place) => {
      const { at, cases } = surroundingsOf(place);
      return [
        place.id as string,
        { id: at.eventId ?? at.place?.id ?? null, caseCode: cases[0]?.code ?? null },
      ];
    }),
  );
  const ids = JSON.stringify([...new Set([...ends.values()].map(({ id }) => id))]);
  const [locations, events] = await Promise.all([
    replica.getAll<LocationRow>(
      'SELECT id, code FROM storage_locations WHERE id IN (SELECT value FROM json_each(?))',
      [ids],
    ),
    replica.getAll<EventRow>(
      'SELECT id, name, return_at FROM events_now WHERE id IN (SELECT value FROM json_each(?))',
      [ids],
    ),
  ]);
  const codeById = new Map<string, LocationRow>(locations.map((row) => [row.id, row]));
  const eventById = new Map<string, EventRow>(events.map((row) => [row.id, row]));
  return (row, besides) => {
    const end = ends.get(row.placeId);
    const location = end?.id ? codeById.get(end.id) : undefined;
    if (end && location) {
      const { id: locationId, code } = location;
      return [{ kind: 'location', locationId, code, caseCode: end.caseCode, count: row.units }];
    }
    const event = end?.id ? eventById.get(end.id) : undefined;
    if (!event || event.id === besides) return [];
    return [{ kind: 'away', eventName: event.name, backAt: event.return_at, count: row.units }];
  };
}

const AWAY = 100;
const LAST = 1000;

/**
 * Nearness is the tree of places: the shelf where the person was, its neighbours, the same room, the rest. Nobody
 * has measured the halls; the tree is what every depot has.
 */
async function readNearness(
  replica: ReplicaReader,
  near: StorageLocationId | null,
): Promise<(lying: Lying) => number> {
  const rows = await replica.getAll<{ id: string; parent_id: string | null }>(
    'SELECT id, parent_id FROM storage_locations',
  );
  const parentById = new Map(rows.map((row) => [row.id, row.parent_id]));
  const stepsFromNear = new Map(ancestorsOf(near, parentById).map((id, steps) => [id, steps]));
  return (lying) => {
    if (lying.kind === 'away') return AWAY;
    const met = ancestorsOf(lying.locationId, parentById).find((id) => stepsFromNear.has(id));
    return met === undefined ? AWAY - 1 : (stepsFromNear.get(met) ?? 0);
  };
}

function ancestorsOf(id: string | null, parentById: ReadonlyMap<string, string | null>): string[] {
  const chain: string[] = [];
  for (let at = id; at !== null && !chain.includes(at); at = parentById.get(at) ?? null) chain.push(at);
  return chain;
}

function nameOf(lying: Lying): string {
  return lying.kind === 'location' ? lying.code : (lying.backAt ?? '~');
}

/** Shelf codes in walking order: B4-2 comes before B4-10. */
function compareText(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
