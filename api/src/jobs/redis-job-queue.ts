import { type Job, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { JobKinds, JobPayload } from './job-kind.ts';
import { JOBS_AT_ONCE, type JobQueue, roundOf } from './job-queue.ts';
import { checkPayload, createJobRunner, type JobCapabilities } from './job-runner.ts';

const QUEUE = 'eventkit-jobs';

/**
 * Jobs in Redis, by BullMQ. The Redis must keep what it is given: persistent, and `maxmemory-policy noeviction`. Throws
 * where it does not answer now; later it may come and go.
 */
export async function createRedisJobQueue<Kinds extends JobKinds>(
  capabilities: JobCapabilities<Kinds> & { readonly redisUrl: URL },
): Promise<JobQueue<Kinds>> {
  const { kinds, log, redisUrl } = capabilities;
  const runner = createJobRunner(capabilities);
  const onError = (error: Error) => log.warn({ err: error }, 'the job queue has trouble with Redis');
  // Calls fail at once while Redis is away; the worker waits for it instead, as BullMQ asks.
  const calls = new Redis(redisUrl.href, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
  }).on('error', onError);
  try {
    await calls.connect();
  } catch (error) {
    calls.disconnect();
    throw error;
  }
  const waiting = new Redis(redisUrl.href, { maxRetriesPerRequest: null }).on('error', onError);
  const queue = new Queue(QUEUE, { connection: calls }).on('error', onError);
  let worker: Worker | null = null;
  let stopping: Promise<void> | null = null;
  const end = async () => {
    await worker?.close();
    await queue.close();
    for (const connection of [calls, waiting]) connection.disconnect();
  };

  const addTo = async (kind: string, payload: JobPayload, key: string | undefined) => {
    checkPayload(kinds, kind, payload);
    const jobId = key === undefined ? undefined : `${kind}/${key}`;
    if (jobId !== undefined && (await queue.getJobState(jobId)) === 'failed') await queue.remove(jobId);
    await queue.add(kind, payload, {
      attempts: kinds[kind]?.attempts ?? 1,
      backoff: { type: 'custom' },
      removeOnComplete: true,
      ...(jobId === undefined ? {} : { jobId }),
    });
  };
  const kindByRound = new Map(Object.keys(kinds).map((kind) => [roundOf(kind), kind]));
  const take = async (job: Job) => {
    const kind = kindByRound.get(job.name);
    if (kind !== undefined) return runner.runRound(kind, (payload, key) => addTo(kind, payload, key));
    return runner.run(job.name, job.data, { number: job.attemptsMade + 1, of: job.opts.attempts ?? 1 });
  };
  return {
    add: (kind, payload, options) => addTo(kind, payload, options?.key),
    async countDead() {
      const dead = await queue.getFailed();
      const counts = new Map<string, number>();
      for (const { name } of dead) counts.set(name, (counts.get(name) ?? 0) + 1);
      return counts;
    },
    async work() {
      if (worker !== null) return;
      await keepRounds(queue, kinds);
      worker = new Worker(QUEUE, take, {
        connection: waiting,
        concurrency: JOBS_AT_ONCE,
        settings: { backoffStrategy: secondsOfE },
      }).on('error', onError);
      await worker.waitUntilReady();
    },
    stop() {
      stopping ??= end();
      return stopping;
    },
  };
}

/** As graphile-worker waits: e seconds to the number of tries made, ten of them at most. */
function secondsOfE(attemptsMade: number): number {
  return Math.exp(Math.min(10, attemptsMade)) * 1000;
}

/** Leaves a schedule alone that is as it should be: made anew, it would forget the round that fell due meanwhile. */
async function keepRounds(queue: Queue, kinds: JobKinds): Promise<void> {
  const found = new Map((await queue.getJobSchedulers()).map(({ key, pattern }) => [key, pattern]));
  for (const [kind, { rounds }] of Object.entries(kinds)) {
    const name = roundOf(kind);
    const kept = found.get(name);
    found.delete(name);
    if (rounds === null) {
      if (kept !== undefined) await queue.removeJobScheduler(name);
    } else if (kept !== rounds.cron) {
      const opts = { removeOnComplete: true, removeOnFail: true };
      await queue.upsertJobScheduler(name, { pattern: rounds.cron, tz: 'UTC' }, { name, opts });
    }
  }
  for (const gone of found.keys()) await queue.removeJobScheduler(gone);
}
