import type { AssetId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { ScanSubject } from '@eventkit/shared/scanning/scan-judgement.ts';
import { readCaseContents } from './case-contents.ts';
import type { FoundAsset, ReplicaReader } from './find-asset.ts';

export const LAST_FACT = `SELECT m.recorded_by AS recordedBy, m.effective_at AS effectiveAt FROM movements_now m
  WHERE m.id = ?`;

/** With what this device believes inside a case, to go with the operation. */
export type FoundSubject = ScanSubject & { readonly contentIds: readonly AssetId[] };

/** The snapshot of a case that goes out; nothing for what is no case. */
export function snapshotOf(subject: FoundSubject | null): { contents?: readonly AssetId[] } {
  return subject?.asset.isCase ? { contents: subject.contentIds } : {};
}

/** What the judge needs of a found asset: one statement more, and one for each level of cases inside a case. */
export async function readSubject(replica: ReplicaReader, asset: FoundAsset): Promise<FoundSubject> {
  const { lastMovementId } = asset.state;
  const [contents, lastFact] = await Promise.all([
    asset.isCase ? readCaseContents(replica, [asset.id]) : [],
    lastMovementId === null
      ? null
      : replica.getOptional<{ recordedBy: UserId; effectiveAt: Instant }>(LAST_FACT, [lastMovementId]),
  ]);
  return {
    asset,
    at: asset.at,
    isInspectionOverdue: asset.isInspectionOverdue,
    contentProductIds: contents.map(({ productId }) => productId),
    contentIds: contents.map(({ id }) => id),
    lastFact,
  };
}
