import type { BlobStore } from '@eventkit/api/blobs/blob-store.ts';
import { createJobKinds } from '@eventkit/api/job-kinds.ts';
import type { JobQueue } from '@eventkit/api/jobs/job-queue.ts';
import type { JobCapabilities } from '@eventkit/api/jobs/job-runner.ts';
import { observeDeadJobs } from '@eventkit/api/jobs/observe-dead-jobs.ts';
import { createPostgresJobQueue } from '@eventkit/api/jobs/postgres-job-queue.ts';
import { createSmtpMailer } from '@eventkit/api/mail/create-smtp-mailer.ts';
import { createPusher } from '@eventkit/api/notifications/send-push.ts';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { JWK } from 'jose';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { CliError } from '#cli-error.ts';
import type { Config } from '#config.ts';

export type OpenJobs = JobQueue<ReturnType<typeof createJobKinds>>;

/** The queue of all jobs: in Redis where one is named and answers, else in the database. Nobody works on it yet. */
export async function openJobs(
  capabilities: {
    readonly ownerUrl: string;
    /** Of the app's role. */
    readonly pool: pg.Pool;
    readonly clock: Clock;
    readonly log: Logger;
    readonly metrics: Registry;
    /** How browsers reach this installation; links in mails lead there. */
    readonly publicUrl: URL;
    /** By which push services know this installation. */
    readonly pushKey: JWK;
    readonly blobs: BlobStore;
  },
  {
    redisUrl,
    smtp,
    deviceSilentAfterDays: silentAfterDays,
  }: Pick<Config, 'redisUrl' | 'smtp' | 'deviceSilentAfterDays'>,
): Promise<OpenJobs> {
  const { ownerUrl: databaseUrl, metrics, log, publicUrl, blobs, pushKey: key } = capabilities;
  const kinds = createJobKinds({
    mail: smtp === null ? null : { mailer: createSmtpMailer(smtp), publicUrl },
    pusher: createPusher({ key, publicUrl }),
    silentAfterDays,
    blobs,
  });
  const queue =
    redisUrl === null
      ? await createPostgresJobQueue({ ...capabilities, kinds, databaseUrl })
      : await openInRedis({ ...capabilities, kinds, redisUrl });
  observeDeadJobs(metrics, queue, log);
  return queue;
}

/** What speaks to Redis is only loaded where there is one. */
async function openInRedis(
  capabilities: JobCapabilities<ReturnType<typeof createJobKinds>> & { readonly redisUrl: URL },
): Promise<OpenJobs> {
  const { createRedisJobQueue } = await import('@eventkit/api/jobs/redis-job-queue.ts');
  try {
    return await createRedisJobQueue(capabilities);
  } catch (cause) {
    throw new CliError(
      `REDIS_URL does not lead to a Redis that answers: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  }
}
