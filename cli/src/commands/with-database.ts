import type { Config } from '#config.ts';
import { openDatabase } from '#stack/open-database.ts';

/** Runs `use` on the database; an embedded one that was not running is stopped afterwards. */
export async function withDatabase(config: Config, use: (ownerUrl: string) => Promise<void>): Promise<void> {
  const database = await openDatabase(config);
  try {
    await use(database.ownerUrl);
  } finally {
    if (!database.wasRunning) await database.stop();
  }
}
