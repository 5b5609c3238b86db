import type { AssetId, OperationId } from '@eventkit/shared/kernel/ids.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { Intent } from '@eventkit/shared/operations/operation.ts';
import type { RecordError, RecordedOperation } from '#platform/operations/recorded-operation.ts';
import type { Signal } from '#platform/scanner/feedback-plan.ts';
import type { ScanInput, ScanReport } from '#platform/scanner/scan-report.ts';
import { createScanSession, type ScanSessionDeps } from '#platform/scanner/scan-session.ts';
import type { ScanOutcome } from '#ui/scan-outcome.ts';

type Detail = null;

export const thing = 'a-thing' as AssetId;

export function scanned(code: string): ScanInput {
  return { code, assetId: null };
}

export function reportOf(code: string, outcome: ScanOutcome = 'ok'): ScanReport<Detail> {
  const operationId = outcome === 'blocked' || outcome === 'already' ? null : (`op-${code}` as OperationId);
  return { outcome, code, title: null, detail: null, operationId, completesLine: false };
}

/** Lets everything that is ready run, without waiting for time to pass. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

export function session(more: Partial<ScanSessionDeps<Detail>> = {}) {
  const clock = { nowMs: 0 };
  const signals: Signal[] = [];
  const intents: Intent[] = [];
  const reported: unknown[] = [];
  const store = { problem: null as RecordError | null };
  const recordOperation = async (intent: Intent): Promise<Result<RecordedOperation, RecordError>> => {
    if (store.problem) return err(store.problem);
    intents.push(intent);
    return ok({} as RecordedOperation);
  };
  const scans = createScanSession<Detail>({
    scan: async ({ code }) => (store.problem ? err(store.problem) : ok(reportOf(code))),
    recordOperation,
    signal: (signal) => signals.push(signal) > 0,
    nowMs: () => clock.nowMs,
    report: (error) => reported.push(error),
    ...more,
  });
  const codes = () => scans.state.current().log.map((entry) => entry.code);
  return { scans, clock, signals, intents, reported, store, codes };
}
