import { ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { Place } from '@eventkit/shared/ledger/asset-state.ts';
import type { RecordError, RecordedOperation } from '#platform/operations/recorded-operation.ts';
import type { Platform } from '#platform/platform.ts';
import { findAsset, placeOf, pointedOut } from '#platform/scanner/find-asset.ts';
import type { ShownConflict } from './read-conflicts.ts';

/** stands: what the newest fact says is true. other: the first one still is. */
export type ResolutionMeaning = 'stands' | 'other';

/** What a person can say of a conflict without holding the thing; none for a code that nobody knows. */
export function meaningsOf({
  class: conflictClass,
  assetId,
  first,
}: ShownConflict): readonly ResolutionMeaning[] {
  if (assetId === null) return [];
  const isEither = conflictClass === 'double_check_out' || conflictClass === 'two_cases';
  return isEither && placeOfSide(first) !== null ? ['stands', 'other'] : ['stands'];
}

/** Records what the person says. Null where this device does not hold the asset any more. */
export async function resolveConflict(
  { replica, recordOperation }: Pick<Platform, 'replica' | 'recordOperation'>,
  conflict: ShownConflict,
  meaning: ResolutionMeaning,
): Promise<Result<RecordedOperation | null, RecordError>> {
  const asset = conflict.assetId === null ? null : await findAsset(replica, conflict.assetId);
  if (asset === null) return ok(null);
  const place = meaning === 'stands' ? asset.state.place : placeOfSide(conflict.first);
  if (place === null) return ok(null);
  const scanned = pointedOut(asset);
  return recordOperation({ kind: 'resolve', asset: scanned, conflictId: conflict.id, place });
}

function placeOfSide(side: ShownConflict['first']): Place | null {
  if (side === null || side.toKind === null || side.toKind === 'asset' || side.toId === null) return null;
  return placeOf(side.toKind, side.toId);
}
