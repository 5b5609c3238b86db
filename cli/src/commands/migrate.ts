import { migrate } from '@eventkit/database/migrate.ts';
import type { Config } from '#config.ts';
import { withDatabase } from './with-database.ts';

export function runMigrations(config: Config): Promise<void> {
  return withDatabase(config, async (ownerUrl) => {
    const ran = await migrate(ownerUrl);
    for (const name of ran) console.log(name);
    console.log(ran.length === 0 ? 'The database is up to date.' : `${ran.length} migrations done.`);
  });
}
