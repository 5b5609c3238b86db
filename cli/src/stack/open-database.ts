import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@eventkit/database/embedded/start-embedded-postgres.ts';
import pg from 'pg';
import { CliError } from '#cli-error.ts';
import type { Config } from '#config.ts';

export type OpenDatabase = {
  /** Of the owner; holds the password. */
  readonly ownerUrl: string;
  readonly isEmbedded: boolean;
  readonly pid: number | null;
  /** True where another process of ours had started it. */
  readonly wasRunning: boolean;
  stop(): Promise<void>;
};

/** The external database where one is named and answers; otherwise the embedded one, started or adopted. */
export async function openDatabase(config: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<OpenDatabase> {
  if (config.databaseUrl !== null) {
    await checkExternal(config.databaseUrl);
    const stop = async () => undefined;
    return { ownerUrl: config.databaseUrl, isEmbedded: false, pid: null, wasRunning: true, stop };
  }
  await mkdir(config.dataDir, { recursive: true });
  const postgres = await startEmbeddedPostgres({ dataDir: join(config.dataDir, 'postgres') });
  const { ownerUrl, pid, wasAdopted } = postgres;
  return { ownerUrl, isEmbedded: true, pid, wasRunning: wasAdopted, stop: () => postgres.stop() };
}

const OLDEST_VERSION = 150_000;

async function checkExternal(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number; wal_level: string }>(
      `SELECT current_setting('server_version_num')::int AS version, current_setting('wal_level') AS wal_level`,
    );
    const { version = 0, wal_level: walLevel } = rows[0] ?? {};
    if (version < OLDEST_VERSION) {
      throw new CliError(
        `DATABASE_URL leads to PostgreSQL ${Math.floor(version / 10_000)}; EventKit needs 15 or later.`,
      );
    }
    if (walLevel !== 'logical') {
      throw new CliError(
        `DATABASE_URL leads to a PostgreSQL with wal_level=${walLevel}; set wal_level=logical and restart it.`,
      );
    }
  } catch (thrown) {
    if (thrown instanceof CliError || !(thrown instanceof Error)) throw thrown;
    throw new CliError(`DATABASE_URL does not lead to a database that answers: ${thrown.message}`, {
      cause: thrown,
    });
  } finally {
    await client.end();
  }
}
