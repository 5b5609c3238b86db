import { migrate } from '@eventkit/database/migrate.ts';
import { createPool } from '@eventkit/database/pool.ts';
import type pg from 'pg';
import { withDatabase } from '#commands/with-database.ts';
import type { Config } from '#config.ts';

/** Runs `use` with one connection of the owner to a database of the newest version. */
export async function withOwnerPool(
  config: Config,
  use: (pool: pg.Pool, ownerUrl: string) => Promise<void>,
): Promise<void> {
  await withDatabase(config, async (ownerUrl) => {
    await migrate(ownerUrl);
    const pool = createPool({ url: ownerUrl, role: 'owner', max: 1, applicationName: 'eventkit tenants' });
    try {
      await use(pool, ownerUrl);
    } finally {
      await pool.end();
    }
  });
}
