import type {
  AssetId,
  ConflictId,
  EventId,
  PullListLineId,
  StorageLocationId,
  VehicleId,
} from '@eventkit/shared/kernel/ids.ts';
import { type Instant, instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import type { LabelTarget } from '@eventkit/shared/labels/label-intents.ts';
import type { Place } from '@eventkit/shared/ledger/asset-state.ts';
import type {
  Disposition,
  Intent,
  Observed,
  Operation,
  ScannedAsset,
} from '@eventkit/shared/operations/operation.ts';
import { stocktakeIntentOf } from './stocktake-work.ts';
import { type UploadTenant, uuidOf } from './upload-tenant.ts';

/** One thing that somebody does, in numbers that mean something only within a company. */
export type Act = {
  readonly device: number;
  /** Minutes since this device's last act; 0 puts two acts at one instant. */
  readonly after: number;
  readonly kind: Intent['kind'];
  readonly assets: readonly number[];
  readonly place: number;
  readonly disposition: Disposition;
  readonly observed: number;
  /** How many operations of this device an undo goes back. */
  readonly back: number;
};

/** What the act comes to in this company; null where it comes to nothing. `own`: what its device recorded before. */
export function intentOf(tenant: UploadTenant, act: Act, own: readonly Operation[]): Intent | null {
  const things = [...tenant.caseIds, ...tenant.assetIds];
  const members = act.assets.map((index) => scannedOf(tenant, pick(things, index), act.observed));
  const [asset] = members as [ScannedAsset];
  const locationId = pick<StorageLocationId>(tenant.locationIds, act.place);
  const caseId = pick<AssetId>(tenant.caseIds, act.place);
  const vehicleId = pick<VehicleId>(tenant.vehicleIds, act.place);
  const theCase = scannedOf(tenant, caseId, act.observed);
  switch (act.kind) {
    case 'check_out':
      return { kind: 'check_out', asset, eventId: pick(tenant.eventIds, act.place), overrideReason: null };
    case 'check_in':
      return { kind: 'check_in', asset, locationId, disposition: act.disposition, note: null };
    case 'move':
      return { kind: 'move', asset, locationId };
    case 'pack':
      return { kind: 'pack', caseId, members };
    case 'unpack':
      return act.observed % 2 === 0
        ? { kind: 'unpack', caseId, members, locationId, casePlace: null }
        : { kind: 'unpack', caseId, members, locationId: null, casePlace: placeOf(tenant, act.observed) };
    case 'quarantine':
    case 'retire':
      return { kind: act.kind, asset, reason: 'rattles' };
    case 'release':
    case 'repair_start':
      return { kind: act.kind, asset, note: null };
    case 'load':
      return {
        kind: 'load',
        asset,
        vehicleId,
        eventId: act.observed % 3 === 0 ? null : pick<EventId>(tenant.eventIds, act.observed),
        overrideReason: null,
        contents: tenant.assetIds.slice(0, act.observed % 3),
      };
    case 'unload':
      return {
        kind: 'unload',
        asset,
        vehicleId,
        eventId: act.observed % 3 === 0 ? null : pick<EventId>(tenant.eventIds, act.observed),
        place: placeOf(tenant, act.observed),
      };
    case 'dispatch':
      return { kind: 'dispatch', vehicleId, eventIds: tenant.eventIds.slice(0, act.observed % 3) };
    case 'arrive': {
      const eventIds = tenant.eventIds.slice(0, act.observed % 3);
      return { kind: 'arrive', vehicleId, place: placeOf(tenant, act.observed), eventIds };
    }
    case 'confirm_truck_pack':
      return {
        kind: 'confirm_truck_pack',
        vehicleId,
        eventId: pick<EventId>(tenant.eventIds, act.observed),
        contents: tenant.assetIds.slice(0, act.place % 4),
        leftBehind: act.back === 0 ? [] : [{ productId: tenant.productId, count: act.back, why: 'follows' }],
      };
    case 'found':
      return { kind: 'found', asset, place: placeOf(tenant, act.observed), note: null };
    case 'repair_done':
      return { kind: 'repair_done', asset, note: null, inspectionDueAt: dueOf(act.place) };
    case 'inspection_result': {
      const outcome = act.place % 2 === 0 ? 'passed' : 'failed';
      return { kind: act.kind, asset, outcome, note: 'insulation', inspectionDueAt: dueOf(act.observed) };
    }
    case 'seal':
      return { kind: 'seal', asset: theCase, contents: tenant.assetIds.slice(0, act.observed % 4) };
    case 'open':
      return { kind: 'open', asset: theCase };
    case 'resolve':
      return {
        kind: 'resolve',
        asset,
        conflictId: 'two_cases:baseline:x' as ConflictId,
        place: placeOf(tenant, act.observed),
      };
    case 'move_bulk':
      return {
        kind: 'move_bulk',
        productId: tenant.productId,
        quantity: 1 + act.assets.length,
        from: act.observed === 0 ? null : placeOf(tenant, act.place),
        to: act.observed === 1 ? null : placeOf(tenant, act.observed),
        disposition: null,
        note: null,
      };
    case 'count_bulk':
      return {
        kind: 'count_bulk',
        productId: tenant.productId,
        place: placeOf(tenant, act.place),
        quantity: act.observed,
        note: null,
      };
    case 'edit_fields': {
      const quantity = (index: number) => 3 + (index % 3);
      const edit = { field: 'quantity', saw: quantity(act.observed), value: quantity(act.place) };
      return { kind: act.kind, table: LINES, rowId: lineOf(tenant, act, own), edits: [edit] };
    }
    case 'create_row':
      return {
        kind: act.kind,
        table: LINES,
        rowId: uuidOf(`${tenant.deviceIds[act.device % tenant.deviceIds.length]} line ${own.length}`),
        values: [
          { field: 'pull_list_id', value: tenant.pullListId },
          { field: 'product_id', value: tenant.productId },
          { field: 'quantity', value: 1 + act.place },
          { field: 'note', value: '' },
          { field: 'order_key', value: 'i' },
        ],
      };
    case 'delete_row': {
      const saw = [{ field: 'quantity', value: 3 + (act.observed % 3) }];
      return { kind: act.kind, table: LINES, rowId: lineOf(tenant, act, own), saw };
    }
    case 'restore_row':
      return { kind: act.kind, table: LINES, rowId: lineOf(tenant, act, own) };
    case 'assign_label':
      return {
        kind: 'assign_label',
        code: labelOf(act.place),
        target: targetOf(tenant, act),
        observed: null,
      };
    case 'retire_label':
      return { kind: 'retire_label', code: labelOf(act.place), observed: targetOf(tenant, act) };
    case 'fill_line':
      return {
        kind: 'fill_line',
        assetId: pick(things, act.assets[0] ?? 0),
        eventId: pick<EventId>(tenant.eventIds, act.observed),
        lineId: act.place % 4 === 0 ? null : (pick(tenant.lineIds, act.place) as PullListLineId),
      };
    case 'open_stocktake':
    case 'count_asset':
    case 'count_quantity':
    case 'request_recount':
    case 'close_stocktake':
    case 'review_variance':
      return stocktakeIntentOf(tenant, { ...act, kind: act.kind }, asset, own);
    case 'approve_stocktake':
      // Its verdict depends on what the server has heard of, so it is tested on its own.
      return null;
    case 'undo': {
      const undone = own.at(-1 - act.back);
      return undone === undefined ? null : { kind: 'undo', operationId: undone.id };
    }
  }
}

const LINES = 'pull_list_lines';

/** A line that was there, or one that this device has added. */
function lineOf(tenant: UploadTenant, { assets: [index = 0] }: Act, own: readonly Operation[]): string {
  const added = own.flatMap(({ intent }) => (intent.kind === 'create_row' ? [intent.rowId] : []));
  return pick([...tenant.lineIds, ...added], index);
}

/** Sometimes the device knew the asset, rightly or not; sometimes it knew only the code. */
function scannedOf(tenant: UploadTenant, assetId: AssetId, variety: number): ScannedAsset {
  const observed: Observed | null =
    variety % 4 === 0 ? null : { place: placeOf(tenant, variety), status: 'in_service' };
  const index = tenant.assetIds.indexOf(assetId);
  if (variety === 10) return { code: labelOf(index), assetId: null, observed: null };
  if (variety === 9) return { code: labelOf(index), assetId, observed };
  if (variety === 8) return { code: assetId, assetId, observed, isByHand: true };
  return variety === 11 && index >= 0
    ? { code: `A-${index}`, assetId: null, observed: null }
    : { code: assetId, assetId, observed };
}

/** Before, within and after the time in which the acts happen, or none. */
function dueOf(variety: number): Instant | null {
  return variety % 4 === 3 ? null : instantOfMs(Date.UTC(2026, 10, 21 + (variety % 4), 12));
}

/** Blank at first; one says what is an asset's own code too. */
function labelOf(index: number): string {
  return pick(['L-0', 'L-1', 'A-1'], Math.abs(index));
}

function targetOf(tenant: UploadTenant, { assets, observed }: Act): LabelTarget {
  const [first = 0] = assets;
  return observed % 5 === 0
    ? { kind: 'location', id: pick<StorageLocationId>(tenant.locationIds, first) }
    : { kind: 'asset', id: pick([...tenant.caseIds, ...tenant.assetIds], first) };
}

function placeOf(tenant: UploadTenant, index: number): Place {
  switch (index % 4) {
    case 0:
      return { kind: 'location', id: pick<StorageLocationId>(tenant.locationIds, index) };
    case 1:
      return { kind: 'event', id: pick<EventId>(tenant.eventIds, index) };
    case 2:
      return { kind: 'vehicle', id: pick<VehicleId>(tenant.vehicleIds, index) };
    default:
      return { kind: 'case', id: pick<AssetId>(tenant.caseIds, index) };
  }
}

/** Any number means one of them. */
export function pick<T>(values: readonly T[], index: number): T {
  const value = values[index % values.length];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}
