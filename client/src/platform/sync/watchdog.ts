import type { OutboxHead } from '#platform/outbox/outbox-store.ts';

/** What the watchdog looks at, times by the monotonic clock. */
export type Vitals = {
  readonly nowMs: number;
  /** The oldest operation that should be moving. */
  readonly head: OutboxHead | null;
  readonly isConnected: boolean;
  /** When the stream last got a token; a healthy one gets one every five minutes. */
  readonly lastTokenAtMs: number;
};

export type WatchdogMemory = {
  readonly head: OutboxHead | null;
  readonly headSinceMs: number;
  readonly disconnectedSinceMs: number | null;
  /** In a row, without that anything moved. */
  readonly restartCount: number;
};

export type Restart = 'upload' | 'download';

/** Whatever stands for this long while the server answers is stuck. */
const STUCK_AFTER_MS = 60_000;
const TOKEN_AGE_AT_MOST_MS = 600_000;

export function startWatchdog(nowMs: number): WatchdogMemory {
  return { head: null, headSinceMs: nowMs, disconnectedSinceMs: null, restartCount: 0 };
}

/**
 * What is stuck, if the server answers: the upload when the oldest operation was not even answered, the download
 * when it was and its rows do not come; from the third time on, both. Pure.
 */
export function watch(memory: WatchdogMemory, vitals: Vitals): { memory: WatchdogMemory; stuck: Restart[] } {
  const { head, nowMs } = vitals;
  const isSameHead = head?.sequence === memory.head?.sequence && head?.state === memory.head?.state;
  const seen: WatchdogMemory = {
    head,
    headSinceMs: isSameHead ? memory.headSinceMs : nowMs,
    disconnectedSinceMs: vitals.isConnected ? null : (memory.disconnectedSinceMs ?? nowMs),
    restartCount: isSameHead && head !== null ? memory.restartCount : 0,
  };
  const isHeadStuck = head !== null && nowMs - seen.headSinceMs >= STUCK_AFTER_MS;
  const isStreamStuck =
    (seen.disconnectedSinceMs !== null && nowMs - seen.disconnectedSinceMs >= STUCK_AFTER_MS) ||
    (vitals.isConnected && nowMs - vitals.lastTokenAtMs >= TOKEN_AGE_AT_MOST_MS);
  const stuck = new Set<Restart>();
  if (isHeadStuck) stuck.add(head.state === 'waiting' ? 'upload' : 'download');
  if (isStreamStuck) stuck.add('download');
  if (isHeadStuck && seen.restartCount >= 2)
    for (const part of ['upload', 'download'] as const) stuck.add(part);
  return { memory: seen, stuck: [...stuck] };
}

/** After a restart, everything has as long again to move. */
export function noteRestart(memory: WatchdogMemory, nowMs: number): WatchdogMemory {
  return {
    ...memory,
    headSinceMs: nowMs,
    disconnectedSinceMs: memory.disconnectedSinceMs === null ? null : nowMs,
    restartCount: memory.restartCount + 1,
  };
}
