import type {
  AssetId,
  EventId,
  MovementId,
  ProductId,
  StorageLocationId,
} from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type {
  AssetCondition,
  AssetState,
  AssetStatus,
  Place,
  PlaceKind,
} from '@eventkit/shared/ledger/asset-state.ts';
import type { ScannedAsset } from '@eventkit/shared/operations/operation.ts';
import {
  type EffectivePlace,
  effectivePlace,
  type Whereabouts,
} from '@eventkit/shared/scanning/effective-place.ts';
import type { Replica } from '#platform/replica/replica.ts';
import { isByHand, type ScanInput } from './scan-report.ts';

/** All that a lookup needs of the replica. */
export type ReplicaReader = Pick<Replica, 'getAll' | 'getOptional'>;

/** A case as it is named on its label. */
export type CaseName = { readonly id: AssetId; readonly code: string };

/** An asset as this device knows it, own pending operations included. */
export type FoundAsset = {
  readonly id: AssetId;
  readonly code: string;
  readonly serial: string | null;
  readonly isCase: boolean;
  readonly productId: ProductId;
  readonly productName: string;
  readonly state: AssetState;
  /** By this device's clock. */
  readonly isInspectionOverdue: boolean;
  /** Where it is when one looks through the cases. */
  readonly at: EffectivePlace;
  /** The cases around it that this device knows, innermost first. */
  readonly cases: readonly CaseName[];
};

export type FoundLocation = {
  readonly id: StorageLocationId;
  readonly code: string;
  readonly name: string;
};

/** What a label leads to. */
export type Found =
  | { readonly kind: 'asset'; readonly asset: FoundAsset }
  | { readonly kind: 'location'; readonly location: FoundLocation }
  | { readonly kind: 'nothing' };

const ASSET_COLUMNS = `a.id, a.code, a.serial, a.is_case, a.product_id, a.place_kind, a.place_id,
  a.for_event_id, a.status, a.condition, a.inspection_due_at, a.sealed_by, a.last_movement_id, a.last_moved_at,
  coalesce(a.inspection_due_at < strftime('%Y-%m-%dT%H:%M:%f', 'now'), 0) AS is_overdue, p.name AS product_name`;

/** One statement for a loose asset, one more for each case around it, one more for a location or an unknown code. */
export const ASSET_BY_LABEL = `SELECT ${ASSET_COLUMNS} FROM assets_now a LEFT JOIN products p ON p.id = a.product_id
  WHERE a.id IN (SELECT asset_id FROM codes WHERE code = ?)`;
export const ASSET_BY_ID = `SELECT ${ASSET_COLUMNS} FROM assets_now a LEFT JOIN products p ON p.id = a.product_id
  WHERE a.id = ?`;
export const LOCATION_BY_LABEL = `SELECT s.id, s.code, s.name FROM storage_locations s
  WHERE s.id IN (SELECT location_id FROM codes WHERE code = ?)
  UNION ALL SELECT id, code, name FROM storage_locations WHERE code = ? LIMIT 1`;
export const CASES_BY_ID = `SELECT a.id, a.code, a.place_kind, a.place_id, a.for_event_id FROM assets_now a
  WHERE a.id IN (SELECT value FROM json_each(?))`;

type AssetRow = {
  readonly id: AssetId;
  readonly code: string;
  readonly serial: string | null;
  readonly is_case: number;
  readonly product_id: ProductId;
  readonly product_name: string | null;
  readonly place_kind: PlaceKind;
  readonly place_id: string;
  readonly for_event_id: EventId | null;
  readonly status: AssetStatus;
  readonly condition: AssetCondition;
  readonly inspection_due_at: Instant | null;
  readonly sealed_by: MovementId | null;
  readonly is_overdue: number;
  readonly last_movement_id: MovementId | null;
  readonly last_moved_at: Instant | null;
};

type CaseRow = CaseName & WhereaboutsRow;

type WhereaboutsRow = Pick<AssetRow, 'place_kind' | 'place_id' | 'for_event_id'>;

/** What a code leads to on this device: a label with this value, or else the asset or place whose own code it is. */
export async function findByLabel(replica: ReplicaReader, value: string): Promise<Found> {
  const row = await replica.getOptional<AssetRow>(ASSET_BY_LABEL, [value]);
  if (row) return { kind: 'asset', asset: await assetOf(replica, row) };
  const location = await replica.getOptional<FoundLocation>(LOCATION_BY_LABEL, [value, value]);
  return location ? { kind: 'location', location } : { kind: 'nothing' };
}

export async function findAsset(replica: ReplicaReader, id: AssetId): Promise<FoundAsset | null> {
  const row = await replica.getOptional<AssetRow>(ASSET_BY_ID, [id]);
  return row ? assetOf(replica, row) : null;
}

/** The cases around a place, innermost first, and where the outermost stands. */
export type Surroundings = Pick<FoundAsset, 'cases' | 'at'>;

/** Looks through the cases around any number of places: one statement for each level of nesting. */
export async function readSurroundings(
  replica: ReplicaReader,
  places: readonly Place[],
): Promise<(place: Place, forEventId?: EventId | null) => Surroundings> {
  const casesById = new Map<AssetId, CaseRow>();
  let around = unread(places, casesById);
  // A recursive query would read the whole view at every step: SQLite cannot push its condition into the two halves.
  while (around.length > 0) {
    const rows = await replica.getAll<CaseRow>(CASES_BY_ID, [JSON.stringify(around)]);
    for (const row of rows) casesById.set(row.id, row);
    around = unread(
      rows.map((row) => placeOf(row.place_kind, row.place_id)),
      casesById,
    );
  }
  return (place, forEventId = null) => {
    const start = { place, eventId: place.kind === 'event' ? place.id : forEventId };
    const at = effectivePlace(start, (caseId) => {
      const row = casesById.get(caseId);
      return row && whereaboutsOf(row);
    });
    return { at, cases: at.caseIds.flatMap((id) => casesById.get(id) ?? []).map(nameOfCase) };
  };
}

function unread(places: readonly Place[], casesById: ReadonlyMap<AssetId, CaseRow>): AssetId[] {
  const ids = places.flatMap((place) =>
    place.kind === 'case' && !casesById.has(place.id) ? [place.id] : [],
  );
  return [...new Set(ids)];
}

function nameOfCase({ id, code }: CaseRow): CaseName {
  return { id, code };
}

export function placeOf(kind: PlaceKind, id: string): Place {
  return { kind, id } as Place;
}

function whereaboutsOf({ place_kind, place_id, for_event_id }: WhereaboutsRow): Whereabouts {
  const place = placeOf(place_kind, place_id);
  return { place, eventId: place.kind === 'event' ? place.id : for_event_id };
}

/** What goes into an operation: the code as read, the asset, and what the device believed of it. */
export function scannedAssetOf(code: string, asset: FoundAsset | null): ScannedAsset {
  if (!asset) return { code, assetId: null, observed: null };
  const { place, status } = asset.state;
  return { code, assetId: asset.id, observed: { place, status } };
}

/** The same for an asset that was pointed out on a screen: no label was read, so none can say later what it was. */
export function pointedOut(asset: FoundAsset): ScannedAsset {
  return { ...scannedAssetOf(asset.code, asset), isByHand: true };
}

/** What goes into an operation for an input of a scanning screen, whichever way it was given. */
export function scannedByInput(input: ScanInput, code: string, asset: FoundAsset | null): ScannedAsset {
  return isByHand(input) && asset !== null ? pointedOut(asset) : scannedAssetOf(code, asset);
}

async function assetOf(replica: ReplicaReader, row: AssetRow): Promise<FoundAsset> {
  const whereabouts = whereaboutsOf(row);
  const { place } = whereabouts;
  return {
    id: row.id,
    code: row.code,
    serial: row.serial,
    isCase: row.is_case === 1,
    productId: row.product_id,
    productName: row.product_name ?? '',
    state: {
      ...whereabouts,
      status: row.status,
      condition: row.condition,
      inspectionDueAt: row.inspection_due_at,
      sealedBy: row.sealed_by,
      lastMovementId: row.last_movement_id,
      lastMovedAt: row.last_moved_at,
    },
    isInspectionOverdue: row.is_overdue === 1,
    ...(await readSurroundings(replica, [place]))(place, row.for_event_id),
  };
}
