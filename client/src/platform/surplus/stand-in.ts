import type { AssetId, EventId, ProductId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import { ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { RecordError, RecordedOperation } from '#platform/operations/recorded-operation.ts';
import type { Platform } from '#platform/platform.ts';
import { findAsset, pointedOut, type ReplicaReader } from '#platform/scanner/find-asset.ts';
import type { EventLoad, LoadLine } from '#platform/scanner/read-event-load.ts';

/** The thing that goes instead of another one. */
export type StandIn = { readonly assetId: AssetId; readonly productId: ProductId; readonly code: string };

/** A unit of the same product that is out for the event, and the shelf that it came from. */
export type UnitOut = {
  readonly id: AssetId;
  readonly code: string;
  readonly locationId: StorageLocationId;
  readonly locationCode: string;
};

/** Of what is out for the event, by itself: where each unit lay when it went. Parameters: product, event, event. */
export const UNITS_OUT = `SELECT a.id, a.code, s.id AS locationId, s.code AS locationCode
  FROM assets_now a
  JOIN storage_locations s ON s.id = (SELECT m.observed_id FROM movements_now m
    WHERE m.asset_id = a.id AND m.kind IN ('check_out', 'load') AND m.observed_kind = 'location'
    ORDER BY m.effective_at DESC LIMIT 1)
  WHERE a.product_id = ? AND (a.place_id = ? OR a.for_event_id = ?) ORDER BY a.code`;

/** Units that could stay behind for this one. */
export async function readUnitsOut(
  replica: ReplicaReader,
  eventId: EventId,
  { productId, assetId }: { readonly productId: ProductId; readonly assetId: AssetId },
): Promise<UnitOut[]> {
  const units = await replica.getAll<UnitOut>(UNITS_OUT, [productId, eventId, eventId]);
  return units.filter(({ id }) => id !== assetId);
}

/** The lines of other products that lack something a labelled thing can stand in for. */
export function linesLacking(load: EventLoad | null, productId: ProductId): readonly LoadLine[] {
  const lines = load?.lines ?? [];
  return lines.filter(
    (line) => line.isLoose === 0 && line.productId !== productId && line.outCount < line.wantedCount,
  );
}

type Capabilities = Pick<Platform, 'recordOperation'> & { readonly replica: ReplicaReader };
type Recorded = Promise<Result<RecordedOperation | null, RecordError>>;

/** What was scanned stays behind for nothing: the unit that it goes for comes back, fine or damaged. */
export async function leaveBehind(
  { replica, recordOperation }: Capabilities,
  { id, locationId }: UnitOut,
  { disposition, note }: { readonly disposition: 'ok' | 'damaged'; readonly note: string },
): Recorded {
  const asset = await findAsset(replica, id);
  if (asset === null) return ok(null);
  return recordOperation({ kind: 'check_in', asset: pointedOut(asset), locationId, disposition, note });
}
