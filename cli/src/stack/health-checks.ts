import type { IdentityProvider } from '@eventkit/api/auth/identity-provider.ts';
import { type HealthCheck, type PartHealth, reasonOf } from '@eventkit/api/http/health.ts';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { SyncHealth } from '@eventkit/sync-server/start-sync-server.ts';
import type pg from 'pg';
import type { OpenJobs } from './open-jobs.ts';

/** Looks whether PostgreSQL answers. */
export function databaseCheck(pool: pg.Pool): HealthCheck {
  return async () => {
    try {
      await pool.query('SELECT 1');
      return { isWell: true };
    } catch (thrown) {
      const detail = `The database is ${reasonOf(thrown)}: nothing reaches the server until PostgreSQL answers again. Devices go on recording.`;
      return { isWell: false, detail };
    }
  };
}

const meanings = {
  starting: 'The first copy for devices is being made; they wait for it. This ends by itself.',
  copying: 'Rows are copied anew for devices. This ends by itself',
  degraded:
    'Devices get no news from the database at the moment; they go on recording. This ends by itself where the cause does',
  stopped:
    'Replication has stopped, so devices get no news. Start EventKit again; the log says why it stopped',
} as const;

/** What the sync server says of itself. It is spareable as long as devices get rows and no cause wants to be removed. */
export function replicationHealth({ status, problems }: SyncHealth): PartHealth {
  // What is to come is said in time; nothing is kept from devices yet.
  if (status === 'ok')
    return problems.length === 0
      ? { isWell: true }
      : { isWell: false, isSpareable: true, detail: problems.join('; ') };
  const detail = [meanings[status], ...problems].join(': ');
  return status === 'copying' ? { isWell: false, isSpareable: true, detail } : { isWell: false, detail };
}

/** Looks for jobs that were given up. Nothing that people do waits for one, so all the rest goes on serving. */
export function jobsCheck(jobs: Pick<OpenJobs, 'countDead'>): HealthCheck {
  return async () => {
    try {
      const dead = await jobs.countDead();
      if (dead.size === 0) return { isWell: true };
      const kinds = [...dead].map(([kind, count]) => `${kind}: ${count}`).join(', ');
      const detail = `Jobs were given up after all their tries (${kinds}). The log says why ("job given up"); each begins anew with its next round.`;
      return { isWell: false, isSpareable: true, detail };
    } catch (thrown) {
      const detail = `The queue of jobs is ${reasonOf(thrown)}: what is done in the background waits until it answers.`;
      return { isWell: false, isSpareable: true, detail };
    }
  };
}

const ASK_EVERY_MS = 30_000;

/**
 * Asks the identity provider, at most every half minute however often health is asked for. Without it EventKit goes
 * on serving: sessions stay, only new sign-ins wait.
 */
export function signInCheck(
  provider: Pick<IdentityProvider, 'reach'>,
  clock: Pick<Clock, 'monotonicMs'>,
): HealthCheck {
  let last: { readonly atMs: number; readonly outcome: ReturnType<HealthCheck> } | null = null;
  return () => {
    const nowMs = clock.monotonicMs();
    if (last === null || nowMs - last.atMs >= ASK_EVERY_MS) last = { atMs: nowMs, outcome: ask(provider) };
    return last.outcome;
  };
}

const GIVE_UP_AFTER_MS = 2500;
const MEANING = 'Who is signed in goes on working; nobody else can sign in until it answers';

async function ask(provider: Pick<IdentityProvider, 'reach'>): ReturnType<HealthCheck> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('no answer in time')), GIVE_UP_AFTER_MS);
  try {
    await Promise.race([provider.reach(), late.promise]);
    return { isWell: true };
  } catch (thrown) {
    return {
      isWell: false,
      isSpareable: true,
      detail: `The identity provider (OIDC_ISSUER) gives no usable answer (${causeOf(thrown)}). ${MEANING}.`,
    };
  } finally {
    clearTimeout(timer);
  }
}

/** The innermost reason, e.g. ECONNREFUSED, without addresses. */
function causeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'failed';
  if (thrown.cause instanceof Error) return causeOf(thrown.cause);
  return 'code' in thrown ? String(thrown.code) : thrown.message;
}
