import type { Replica } from '@eventkit/client/platform/replica/replica.ts';
import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { ScannedAsset } from '@eventkit/shared/operations/operation.ts';
import { type AssetRow, assetOfRow } from '@eventkit/shared/schema/ledger-rows.ts';

/** Before the first download the device knows the label on the thing and nothing else. */
export async function scanOf(replica: Replica, id: AssetId): Promise<ScannedAsset> {
  const row = await replica.getOptional<AssetRow>('SELECT * FROM assets_now WHERE id = ?', [id]);
  if (row === null) return { code: `unread ${id}`, assetId: id, observed: null };
  const { code, state } = assetOfRow(row);
  return { code, assetId: id, observed: { place: state.place, status: state.status } };
}
