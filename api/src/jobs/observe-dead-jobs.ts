import type { Logger } from 'pino';
import { Gauge, type Registry } from 'prom-client';
import type { JobKinds } from './job-kind.ts';
import type { JobQueue } from './job-queue.ts';

/**
 * eventkit_jobs_dead by kind, as of the scrape before: nobody who reads metrics waits for a queue, which may be what is
 * away. None is shown while it cannot be asked.
 */
export function observeDeadJobs(
  registry: Registry,
  queue: Pick<JobQueue<JobKinds>, 'countDead'>,
  log: Pick<Logger, 'warn'>,
): void {
  let known: ReadonlyMap<string, number> = new Map();
  const look = async () => {
    try {
      known = await queue.countDead();
    } catch (error) {
      known = new Map();
      log.warn({ err: error }, 'dead jobs could not be counted');
    }
  };
  new Gauge({
    name: 'eventkit_jobs_dead',
    help: 'Jobs that were given up, by kind, as of the scrape before',
    labelNames: ['kind'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [kind, count] of known) this.set({ kind }, count);
      void look();
    },
  });
}
