import { endPool } from '@eventkit/database/end-pool.ts';
import { createPool } from '@eventkit/database/pool.ts';
import {
  Logger as GraphileLogger,
  makeWorkerUtils,
  parseCronItems,
  type Runner,
  run,
  type TaskList,
  type TaskSpec,
} from 'graphile-worker';
import type { Logger } from 'pino';
import type { JobKinds, JobPayload } from './job-kind.ts';
import { JOBS_AT_ONCE, type JobQueue, MADE_UP_WITHIN_MS, roundOf } from './job-queue.ts';
import { checkPayload, createJobRunner, type JobCapabilities } from './job-runner.ts';
import { asPatientPool } from './patient-pool.ts';

const IS_DEAD = 'attempts >= max_attempts AND locked_at IS NULL';

/** Jobs in the database, by graphile-worker. Told of new ones by LISTEN; looks for others every two seconds. */
export async function createPostgresJobQueue<Kinds extends JobKinds>(
  capabilities: JobCapabilities<Kinds> & { /** The owner's. */ readonly databaseUrl: string },
): Promise<JobQueue<Kinds>> {
  const { kinds, log, databaseUrl } = capabilities;
  const runner = createJobRunner(capabilities);
  const ownPool = createPool({
    url: databaseUrl,
    role: 'eventkit_jobs',
    // Those who work, one that listens, one that adds or counts.
    max: JOBS_AT_ONCE + 2,
    applicationName: 'eventkit jobs',
    onIdleError: (error) => log.warn({ err: error }, 'an idle connection of the job queue broke'),
    isForLibrary: true,
  });
  const pgPool = asPatientPool(ownPool);
  const logger = asGraphileLogger(log);
  const utils = await makeWorkerUtils({ pgPool, logger });
  let working: Runner | null = null;
  let stopping: Promise<void> | null = null;
  const end = async () => {
    await working?.stop();
    await utils.release();
    await endPool(ownPool);
  };

  // A dead job would only lose its key to the new one, and stay dead for ever. In an hour, as it is the new one that makes
  // it due. Through SQL, as the library's own call takes 0 attempts for "leave them".
  const revive = (jobKey: string) =>
    pgPool.query(
      `SELECT FROM (SELECT array_agg(id) AS ids FROM graphile_worker.jobs WHERE key = $1 AND ${IS_DEAD}) dead,
         graphile_worker.reschedule_jobs(dead.ids, run_at => now() + interval '1 hour', attempts => 0)`,
      [jobKey],
    );
  const addTo = async (kind: string, payload: JobPayload, key: string | undefined) => {
    checkPayload(kinds, kind, payload);
    const spec: TaskSpec = { maxAttempts: kinds[kind]?.attempts ?? 1 };
    if (key !== undefined) {
      spec.jobKey = `${kind}/${key}`;
      await revive(spec.jobKey);
    }
    await utils.addJob(kind, payload, spec);
  };
  const taskList: TaskList = Object.fromEntries(
    Object.keys(kinds).flatMap((kind) => [
      [
        kind,
        (payload: unknown, { job }) =>
          runner.run(kind, payload, { number: job.attempts, of: job.max_attempts }),
      ],
      [roundOf(kind), () => runner.runRound(kind, (payload, key) => addTo(kind, payload, key))],
    ]) satisfies [string, TaskList[string]][],
  );
  return {
    add: (kind, payload, options) => addTo(kind, payload, options?.key),
    async countDead() {
      const { rows } = await pgPool.query<{ kind: string; count: number }>(
        `SELECT task_identifier AS kind, count(*)::int AS count FROM graphile_worker.jobs
         WHERE ${IS_DEAD} GROUP BY task_identifier`,
      );
      return new Map(rows.map(({ kind, count }) => [kind, count]));
    },
    async work() {
      working ??= await run({
        pgPool,
        logger,
        taskList,
        parsedCronItems: cronItemsOf(kinds),
        concurrency: JOBS_AT_ONCE,
        // Signals are the main's to hear.
        noHandleSignals: true,
      });
    },
    stop() {
      stopping ??= end();
      return stopping;
    },
  };
}

function cronItemsOf(kinds: JobKinds) {
  return parseCronItems(
    Object.entries(kinds).flatMap(([kind, { rounds }]) => {
      const task = roundOf(kind);
      // By its key a round that nobody has begun is not made twice.
      const options = { backfillPeriod: MADE_UP_WITHIN_MS, maxAttempts: 1, jobKey: task };
      return rounds === null ? [] : [{ task, identifier: task, match: rounds.cron, options }];
    }),
  );
}

/** Jobs that fail are told of by the runner; what is left is of the queue itself. */
function asGraphileLogger(log: Logger): GraphileLogger {
  return new GraphileLogger(() => (level, message, meta) => {
    const isToldAlready = meta?.['failure'] === true;
    if (level === 'error' && !isToldAlready) log.error({ meta }, `job queue: ${message}`);
    else if (level === 'warning') log.warn({ meta }, `job queue: ${message}`);
    else log.debug(`job queue: ${message}`);
  });
}
