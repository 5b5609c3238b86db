import { join } from 'node:path';
import type { Config } from '#config.ts';
import { repositoryRoot } from '#repository-root.ts';
import { startStack } from '#stack/start-stack.ts';
import { systemClock } from '#system-clock.ts';
import { createStdoutLog } from './create-log.ts';
import { runUntilTold } from './run-until-told.ts';
import { seedWhenEmpty } from './seed-when-empty.ts';

/** Serves until told to stop; everything it has to say is JSON on stdout. */
export async function serve(config: Config): Promise<void> {
  const { logger, flush } = createStdoutLog(config);
  const stack = await startStack(
    {
      clock: systemClock,
      log: logger,
      onStep: (step) => logger.info(step),
      seed: (ownerUrl) => seedWhenEmpty(systemClock, ownerUrl, config.assetCount),
    },
    { ...config, clientFolder: join(repositoryRoot, 'client/dist') },
  );
  logger.info({ url: stack.url }, 'EventKit is serving');
  await runUntilTold(async () => {
    logger.info('stopping');
    await stack.stop();
    logger.info('stopped');
    await flush();
  });
}
