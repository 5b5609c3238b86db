import { purgeOldKeys } from '@eventkit/api/http/idempotency/purge-old-keys.ts';
import type pg from 'pg';
import type { Logger } from 'pino';

const EVERY_MS = 3_600_000;

/** Removes what is only kept for a day, now and every hour. Answers how to stop; what is running then ends first. */
export function keepPurging({
  pool,
  log,
}: {
  readonly pool: pg.Pool;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}): () => Promise<void> {
  let running = Promise.resolve();
  const purge = async () => {
    try {
      const count = await purgeOldKeys(pool);
      if (count > 0) log.info({ count }, 'idempotency keys removed after a day');
    } catch (error) {
      log.warn({ err: error }, 'idempotency keys could not be removed; they are tried again in an hour');
    }
  };
  const start = () => {
    running = running.then(purge);
  };
  start();
  const timer = setInterval(start, EVERY_MS).unref();
  return () => {
    clearInterval(timer);
    return running;
  };
}
