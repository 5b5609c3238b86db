import { openPushKey } from '@eventkit/api/notifications/push-key-store.ts';
import { createPool } from '@eventkit/database/pool.ts';
import type { JWK } from 'jose';
import { Registry } from 'prom-client';
import type { Config } from '#config.ts';
import { openBlobs } from '#stack/open-blobs.ts';
import { openJobs } from '#stack/open-jobs.ts';
import { systemClock } from '#system-clock.ts';
import { createStdoutLog } from './create-log.ts';
import { runUntilTold } from './run-until-told.ts';
import { withDatabase } from './with-database.ts';

const APP_CONNECTIONS = 4;

/** Does jobs until told to stop, beside servers that leave them alone (JOBS=elsewhere). Logs JSON to stdout. */
export async function work(config: Config): Promise<void> {
  const { logger: log, flush } = createStdoutLog(config);
  await withDatabase(config, async (ownerUrl) => {
    await using started = new AsyncDisposableStack();
    const pool = createPool({
      url: ownerUrl,
      role: 'eventkit_app',
      max: APP_CONNECTIONS,
      applicationName: 'eventkit work',
      onIdleError: (error) => log.warn({ err: error }, 'an idle database connection broke'),
    });
    started.defer(() => pool.end());
    // Nobody reads these: the servers show what is dead, the log what was done.
    const metrics = new Registry();
    const publicUrl = config.publicUrl ?? localUrlOf(config);
    const jobs = await openJobs(
      {
        ...{ ownerUrl, pool, clock: systemClock, log, metrics, publicUrl, blobs: openBlobs(config) },
        pushKey: await pushKeyAt(ownerUrl),
      },
      config,
    );
    started.defer(() => jobs.stop());
    await jobs.work();
    log.info('doing jobs');
    await runUntilTold(async () => log.info('stopping'));
  });
  log.info('stopped');
  await flush();
}

/** The same as the servers on this database have. */
async function pushKeyAt(ownerUrl: string): Promise<JWK> {
  const owner = createPool({ url: ownerUrl, role: 'owner', max: 1, applicationName: 'eventkit work' });
  try {
    return await openPushKey(owner);
  } finally {
    await owner.end();
  }
}

function localUrlOf({ port }: Config): URL {
  return new URL(`http://localhost:${port}`);
}
