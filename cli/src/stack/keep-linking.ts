import { linkTrails, readReached } from '@eventkit/database/audit/link-trails.ts';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type pg from 'pg';
import type { Logger } from 'pino';

const EVERY_MS = 60_000;
const ANCHORED_EVERY_MS = 24 * 3_600_000;

/**
 * Links the audit trails, now and every minute, and once a day writes the newest link of every company into the log: a chain
 * that was made anew does not fit it. Answers how to stop; what is running then ends first.
 */
export function keepLinking({
  pool,
  clock,
  log,
}: {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}): () => Promise<void> {
  let reached: string | null = null;
  let anchoredAtMs: number | null = null;
  let running = Promise.resolve();
  let isRunning = false;
  const link = async () => {
    isRunning = true;
    try {
      reached ??= await readReached(pool);
      const nowMs = clock.monotonicMs();
      const isForAll = anchoredAtMs === null || nowMs - anchoredAtMs >= ANCHORED_EVERY_MS;
      const linked = await linkTrails({ pool, clock }, { reached, isForAll });
      reached = linked.reached;
      if (!isForAll) return;
      anchoredAtMs = nowMs;
      for (const anchor of linked.anchors) log.info(anchor, 'audit anchor');
    } catch (error) {
      log.warn({ err: error }, 'the audit trail could not be linked; it is tried again in a minute');
    } finally {
      isRunning = false;
    }
  };
  const start = () => {
    // A long trail's first link may take longer than a minute.
    if (!isRunning) running = link();
  };
  start();
  const timer = setInterval(start, EVERY_MS).unref();
  return () => {
    clearInterval(timer);
    return running;
  };
}
