import type { VirtualReport } from './run-virtual.ts';

/** What is told of a run that did not come to its end: that, too, is a finding. */
export function brokenReport(seed: string, error: unknown): VirtualReport {
  const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    seed,
    operations: 0,
    conflicts: 0,
    faults: {},
    virtualMs: 0,
    events: 0,
    drainedAfterMs: 0,
    violations: [`thrown: ${problem}`],
    traceHash: '',
  };
}
