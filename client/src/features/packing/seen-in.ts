import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { LogEntry } from '#platform/scanner/scan-report.ts';
import type { PackingDetail } from './packing-detail.ts';

/** What was scanned into a case, or scanned and found there, and not taken back. */
export function seenIn(log: readonly LogEntry<PackingDetail>[]): ReadonlySet<AssetId> {
  return new Set(
    log.flatMap(({ detail, isUndone }) =>
      !isUndone && (detail.kind === 'packed' || detail.kind === 'already') ? [detail.assetId] : [],
    ),
  );
}
