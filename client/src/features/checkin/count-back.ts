import type { SessionLog } from '#platform/scanner/session-log.ts';
import type { CheckInDetail } from './check-in-detail.ts';

/** Labels that came back in this session, each once however often it was corrected; lost and used up are not back. */
export function countBack(log: SessionLog<CheckInDetail>): number {
  const judged = new Set<string>();
  let count = 0;
  // Newest first: the last word on each thing is the one that counts.
  for (const { detail, isUndone } of log) {
    if (isUndone || detail.kind !== 'in' || judged.has(detail.assetId)) continue;
    judged.add(detail.assetId);
    if (detail.disposition === 'ok' || detail.disposition === 'damaged') count += 1;
  }
  return count;
}
