import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { Permission } from '@eventkit/shared/permissions/roles.ts';
import type { Platform } from '#platform/platform.ts';
import { findAsset, type ReplicaReader } from '#platform/scanner/find-asset.ts';
import { type JudgementForm, type JudgementKind, judgementOf, judgementsOf } from './judgement.ts';

export type JudgedMany = {
  readonly doneCount: number;
  /** Pieces whose state does not allow it. */
  readonly leftCount: number;
  /** False where the device could not record any more. */
  readonly isWhole: boolean;
};

/** Says the same of many things, one operation each, so that each is judged, undone and argued about by itself. */
export async function judgeMany(
  {
    replica,
    recordOperation,
  }: { readonly replica: ReplicaReader; readonly recordOperation: Platform['recordOperation'] },
  kind: JudgementKind,
  ids: readonly AssetId[],
  form: Omit<JudgementForm, 'photos'>,
  {
    permissions,
    signal,
    onProgress,
  }: {
    readonly permissions: readonly Permission[];
    readonly signal: AbortSignal;
    readonly onProgress: (count: number) => void;
  },
): Promise<JudgedMany> {
  let doneCount = 0;
  let leftCount = 0;
  for (const id of ids) {
    if (signal.aborted) break;
    const asset = await findAsset(replica, id);
    if (!asset || !judgementsOf(asset.state.status, permissions).includes(kind)) leftCount += 1;
    else {
      const recorded = await recordOperation(judgementOf(kind, asset, { ...form, photos: [] }));
      if (!recorded.ok) return { doneCount, leftCount, isWhole: false };
      doneCount += 1;
    }
    onProgress(doneCount + leftCount);
  }
  return { doneCount, leftCount, isWhole: true };
}
