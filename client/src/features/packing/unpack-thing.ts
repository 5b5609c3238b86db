import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import { ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { RecordError, RecordedOperation } from '#platform/operations/recorded-operation.ts';
import { findAsset, pointedOut } from '#platform/scanner/find-asset.ts';
import type { PackingCapabilities } from './pack-scanned.ts';

/** Takes one thing out of a case; it then lies where the case is. Null where it is not known here any more. */
export async function unpackThing(
  { replica, recordOperation }: PackingCapabilities,
  caseId: AssetId,
  assetId: AssetId,
): Promise<Result<RecordedOperation | null, RecordError>> {
  const [around, asset] = await Promise.all([findAsset(replica, caseId), findAsset(replica, assetId)]);
  if (!around || !asset) return ok(null);
  return recordOperation({
    kind: 'unpack',
    caseId,
    members: [pointedOut(asset)],
    locationId: null,
    casePlace: around.state.place,
  });
}
