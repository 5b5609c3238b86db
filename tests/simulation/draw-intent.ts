import type { Replica } from '@eventkit/client/platform/replica/replica.ts';
import type { AssetId, ConflictId, EventId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import type { Disposition, Intent, Operation, ScannedAsset } from '@eventkit/shared/operations/operation.ts';
import { type AssetRow, assetOfRow } from '@eventkit/shared/schema/ledger-rows.ts';
import type { UploadTenant } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import type { RandomSource } from './random-source.ts';

/** Something that a person with this device might do now, with what the device shows of the things. */
export async function drawIntent(
  replica: Replica,
  tenant: UploadTenant,
  done: readonly Operation[],
  random: RandomSource,
): Promise<Intent> {
  const anything = [...tenant.assetIds, ...tenant.caseIds];
  const scan = (id: AssetId) => scanOf(replica, id);
  const kind = random.next();
  if (kind < 0.4) {
    const asset = random.chance(0.04) ? unknown : await scan(random.pick(anything));
    return { kind: 'check_out', asset, eventId: random.pick<EventId>(tenant.eventIds), overrideReason: null };
  }
  const locationId = random.pick<StorageLocationId>(tenant.locationIds);
  if (kind < 0.6) {
    const asset = await scan(random.pick(anything));
    const disposition = random.pick<Disposition>(['ok', 'ok', 'ok', 'damaged', 'lost']);
    return { kind: 'check_in', asset, locationId, disposition, note: null };
  }
  if (kind < 0.7) return { kind: 'move', asset: await scan(random.pick(anything)), locationId };
  if (kind < 0.72) {
    const [open] = await replica.getAll<{ id: ConflictId; asset_id: AssetId }>(
      "SELECT id, asset_id FROM conflicts_now WHERE status = 'open' AND asset_id IS NOT NULL ORDER BY id LIMIT 1",
    );
    if (open !== undefined) {
      const asset = await scan(open.asset_id);
      const place = asset.observed?.place ?? { kind: 'location' as const, id: locationId };
      return { kind: 'resolve', asset, conflictId: open.id, place };
    }
  }
  if (kind < 0.74) {
    const asset = await scan(random.pick(anything));
    return random.chance(0.6)
      ? { kind: random.chance(0.8) ? 'quarantine' : 'retire', asset, reason: 'rattles' }
      : { kind: 'release', asset, note: null };
  }
  if (kind < 0.78) return drawBulk(tenant, random);
  const last = done.at(-1);
  if (kind < 0.83 && last !== undefined) return { kind: 'undo', operationId: last.id };
  const caseId = random.pick<AssetId>(tenant.caseIds);
  const members = await Promise.all([1, 2, 3].map(() => scan(random.pick(anything))));
  if (kind < 0.93) return { kind: 'pack', caseId, members };
  return { kind: 'unpack', caseId, members, locationId, casePlace: null };
}

const unknown: ScannedAsset = { code: 'X-0', assetId: null, observed: null };

/** Loose cable goes to events and back, and is counted now and then. */
function drawBulk({ productId, locationIds, eventIds }: UploadTenant, random: RandomSource): Intent {
  const shelf = { kind: 'location' as const, id: random.pick<StorageLocationId>(locationIds) };
  const event = { kind: 'event' as const, id: random.pick<EventId>(eventIds) };
  const quantity = Math.floor(random.between(1, 6));
  if (random.chance(0.2)) return { kind: 'count_bulk', productId, place: shelf, quantity, note: null };
  const [from, to] = random.chance(0.6) ? [shelf, event] : [event, shelf];
  return { kind: 'move_bulk', productId, quantity, from, to, disposition: null, note: null };
}

/** Before the first download the device knows the label on the thing and nothing else. */
async function scanOf(replica: Replica, id: AssetId): Promise<ScannedAsset> {
  const row = await replica.getOptional<AssetRow>('SELECT * FROM assets_now WHERE id = ?', [id]);
  if (row === null) return { code: `unread ${id}`, assetId: id, observed: null };
  const { code, state } = assetOfRow(row);
  return { code, assetId: id, observed: { place: state.place, status: state.status } };
}
