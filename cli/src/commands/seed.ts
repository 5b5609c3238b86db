import { migrate } from '@eventkit/database/migrate.ts';
import type { Config } from '#config.ts';
import { systemClock } from '#system-clock.ts';
import { seedWhenEmpty } from './seed-when-empty.ts';
import { withDatabase } from './with-database.ts';

export function seed(config: Config): Promise<void> {
  return withDatabase(config, async (ownerUrl) => {
    await migrate(ownerUrl);
    const said = await seedWhenEmpty(systemClock, ownerUrl, config.assetCount);
    console.log(said ?? 'The demo companies are there already; nothing was changed.');
  });
}
