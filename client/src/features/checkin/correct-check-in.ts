import { ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { Disposition } from '@eventkit/shared/operations/operation.ts';
import type { LogEntry, ScanFailure } from '#platform/scanner/scan-report.ts';
import { type CheckInAnswer, type CheckInCapabilities, checkIn } from './check-in.ts';
import type { CheckInDetail } from './check-in-detail.ts';

/**
 * Says of a thing that was just checked in how it really came back. Worse than before is simply a newer fact; better
 * again takes the wrong one back, because a check-in as fine does not lift a quarantine.
 */
export async function correctCheckIn(
  capabilities: CheckInCapabilities,
  entry: LogEntry<CheckInDetail>,
  { disposition, note }: { readonly disposition: Disposition; readonly note: string | null },
): Promise<Result<CheckInAnswer | null, ScanFailure>> {
  const { detail } = entry;
  if (detail.kind !== 'in') return ok(null);
  if (detail.disposition !== 'ok' && entry.operationId !== null) {
    const undone = await capabilities.recordOperation({ kind: 'undo', operationId: entry.operationId });
    if (!undone.ok) return undone;
  }
  return checkIn(
    capabilities,
    { place: detail.to, disposition, note },
    { code: entry.code, assetId: detail.assetId },
  );
}
