import type { Replica } from '@eventkit/client/platform/replica/replica.ts';
import type { AssetId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import type { LabelTarget } from '@eventkit/shared/labels/label-intents.ts';
import type { Intent, ScannedAsset } from '@eventkit/shared/operations/operation.ts';
import type { RandomSource } from './random-source.ts';
import { scanOf } from './scan-of.ts';
import type { WorkArea } from './work-area.ts';

/** A label goes onto something else, or comes off, as this device sees it. */
export async function drawLabel(
  replica: Replica,
  { assetIds, caseIds, locationIds, labels }: WorkArea,
  random: RandomSource,
): Promise<Intent> {
  const code = random.pick<string>(labels);
  const [seen] = await replica.getAll<{ asset_id: AssetId | null; location_id: StorageLocationId | null }>(
    'SELECT asset_id, location_id FROM codes WHERE code = ?',
    [code],
  );
  const observed: LabelTarget | null = seen?.asset_id
    ? { kind: 'asset', id: seen.asset_id }
    : seen?.location_id
      ? { kind: 'location', id: seen.location_id }
      : null;
  if (random.chance(0.2)) return { kind: 'retire_label', code, observed };
  const target: LabelTarget = random.chance(0.1)
    ? { kind: 'location', id: random.pick<StorageLocationId>(locationIds) }
    : { kind: 'asset', id: random.pick<AssetId>([...assetIds, ...caseIds]) };
  return { kind: 'assign_label', code, target, observed };
}

/** A label is read that this device knows, or nobody. */
export async function readLabel(
  replica: Replica,
  { labels }: WorkArea,
  random: RandomSource,
): Promise<ScannedAsset> {
  const code = random.pick<string>(labels);
  const [seen] = await replica.getAll<{ asset_id: AssetId | null }>(
    'SELECT asset_id FROM codes WHERE code = ?',
    [code],
  );
  return seen?.asset_id
    ? { ...(await scanOf(replica, seen.asset_id)), code }
    : { code, assetId: null, observed: null };
}
