import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type pg from 'pg';
import type { Logger } from 'pino';
import { Counter, type Registry } from 'prom-client';
import type { JobKinds, JobPayload } from './job-kind.ts';

export type JobCapabilities<Kinds extends JobKinds> = {
  readonly kinds: Kinds;
  /** Connections as eventkit_app: what jobs do to rows they do as requests do. */
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Registry;
};

/** Which try of how many. */
export type Attempt = { readonly number: number; readonly of: number };

/** What is the same whichever queue a job comes from. */
export type JobRunner = {
  /** Does one job; says in log and metrics what became of it. Throws where it failed, so that the queue keeps it. */
  run(kind: string, payload: unknown, attempt: Attempt): Promise<void>;
  /** Adds what the round of a kind comes to. One that fails is logged; the next one finds the same companies. */
  runRound(kind: string, add: (payload: JobPayload, key: string) => Promise<void>): Promise<void>;
};

/** Does jobs of these kinds, each within its company. */
export function createJobRunner<Kinds extends JobKinds>({
  kinds,
  pool,
  clock,
  log,
  metrics,
}: JobCapabilities<Kinds>): JobRunner {
  const ended = new Counter({
    name: 'eventkit_jobs_total',
    help: 'Jobs that were tried, by kind and by what became of it: done, failed (tried again), dead (given up)',
    labelNames: ['kind', 'outcome'],
    registers: [metrics],
  });
  return {
    async run(kind, given, attempt) {
      const startedAt = clock.monotonicMs();
      let tenantId: string | null = null;
      try {
        const found = kinds[kind];
        const payload = found?.readPayload(given) ?? null;
        if (found === undefined || payload === null)
          throw new Error('no payload of a kind that is known here');
        tenantId = payload.tenantId;
        const scope = { tenantId: payload.tenantId, ...nobody };
        const count = await withTenant(pool, scope, (tx) => found.work(tx, payload), { attempts: 3 });
        ended.inc({ kind, outcome: 'done' });
        log.info({ kind, tenantId, count, ms: Math.round(clock.monotonicMs() - startedAt) }, 'job done');
      } catch (error) {
        const isDead = attempt.number >= attempt.of;
        ended.inc({ kind, outcome: isDead ? 'dead' : 'failed' });
        const about = { kind, tenantId, attempt: attempt.number, attempts: attempt.of, err: error };
        if (isDead) log.error(about, 'job given up');
        else log.warn(about, 'job failed; it is tried again');
        throw error;
      }
    },
    async runRound(kind, add) {
      try {
        for (const tenantId of (await kinds[kind]?.rounds?.findCompanies(pool)) ?? []) {
          await add({ tenantId }, tenantId);
        }
      } catch (error) {
        log.error({ kind, err: error }, 'a round of jobs could not be made; the next one makes up for it');
      }
    },
  };
}

const nobody = { userId: null, deviceId: null, operationId: null, requestId: null };

/** Throws for a payload that its kind would not read when it comes back. */
export function checkPayload(kinds: JobKinds, kind: string, payload: JobPayload): void {
  if ((kinds[kind]?.readPayload(payload) ?? null) === null)
    throw new TypeError(`no payload of a ${kind} job`);
}
