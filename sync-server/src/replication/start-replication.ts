import { setTimeout as wait } from 'node:timers/promises';
import type { Lsn } from './lsn.ts';
import { replicate } from './replicate.ts';
import { type ReplicationOptions, type ReplicationPhase, withSession } from './session.ts';

export type Replication = {
  readonly phase: ReplicationPhase;
  /** Why nothing moves, in words for an operator; null while all is well. */
  readonly problem: string | null;
  stop(): Promise<void>;
};

const firstRetryMs = 100;
const lastRetryMs = 5000;

/** Keeps the oplog equal to the tables for as long as the process lives, whatever happens to the database meanwhile. */
export function startReplication(options: ReplicationOptions): Replication {
  const stopping = new AbortController();
  const status: { phase: ReplicationPhase; problem: string | null } = { phase: 'starting', problem: null };
  const enter = (phase: ReplicationPhase) => {
    status.phase = phase;
    options.events.onPhase(phase);
    if (phase === 'following' || phase === 'copying') status.problem = null;
  };
  let retryMs = firstRetryMs;
  let reached: Lsn = 0n;
  // What a session got on with is not asked for again: the next one may come at once. One that always fails at the same
  // place never gets past it, and is put off longer and longer.
  const events = {
    ...options.events,
    onCopied(rowCount: number) {
      retryMs = firstRetryMs;
      options.events.onCopied(rowCount);
    },
    onPosition(lsn: Lsn) {
      if (lsn > reached) retryMs = firstRetryMs;
      reached = lsn;
      options.events.onPosition(lsn);
    },
  };
  const running = (async () => {
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      try {
        await withSession({ ...options, events }, enter, stopping.signal, replicate);
      } catch (error) {
        if (stopping.signal.aborted) break;
        status.problem = error instanceof Error ? error.message : String(error);
        enter('waiting');
        options.logger.warn({ err: error, retryMs }, 'replication stopped and will be tried again');
        if (performance.now() - startedAt > 2 * lastRetryMs) retryMs = firstRetryMs;
        await wait(retryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
        retryMs = Math.min(retryMs * 2, lastRetryMs);
      }
    }
    enter('stopped');
  })();
  return {
    get phase() {
      return status.phase;
    },
    get problem() {
      return status.problem;
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
