import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '#embedded/start-embedded-postgres.ts';
import { migrate } from '#migrate.ts';
import { checksumOf, migrationsFolder, readMigrations } from '#migration-files.ts';

export type TestDatabase = {
  /** Of the owner; name a role with `createPool`. */
  readonly ownerUrl: string;
  /** Ends all its connections and removes it. */
  drop(): Promise<void>;
};

/**
 * A fresh, migrated database of its own, on a server that all test runs of this user share.
 *
 * The server is started by the first who needs it and stays up when the tests end, so that the next run finds it:
 * `stopTestServer` (or a reboot) ends it. Databases left behind by killed runs go after a day.
 * EVENTKIT_TEST_DATABASE_URL, of a superuser, names another server that is to be used and left running.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = await startTestServer();
  const template = await ensureTemplate(server.ownerUrl);
  return createDatabase(server.ownerUrl, `TEMPLATE ${template}`);
}

/** A database without any migration. */
export async function createEmptyTestDatabase(): Promise<TestDatabase> {
  const server = await startTestServer();
  return createDatabase(server.ownerUrl, '');
}

/** Stops the shared server. Other test runs that use it fail. */
export async function stopTestServer(): Promise<void> {
  const server = await startTestServer();
  await server.stop();
}

type TestServer = { readonly ownerUrl: string; stop(): Promise<void> };

/** Where the shared server lives: one for each user and version of the binaries. */
export function testServerFolder(): string {
  const { dependencies } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as { dependencies: Record<string, string> };
  return join(
    tmpdir(),
    `eventkit-test-postgres-${userInfo().username}-${dependencies['embedded-postgres']}-${SETTINGS_VERSION}`,
  );
}

/** Raised with SETTINGS, as a running server keeps its own. */
const SETTINGS_VERSION = 1;

/** What a test database may lose in a power cut does not matter. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  max_wal_senders: '60',
  max_replication_slots: '60',
  max_wal_size: '2GB',
  // The volume is small, and a forgotten slot must not fill the disk.
  max_slot_wal_keep_size: '1GB',
  autovacuum_naptime: '10min',
};

let started: Promise<TestServer> | null = null;

function startTestServer(): Promise<TestServer> {
  const { EVENTKIT_TEST_DATABASE_URL: ownServer } = process.env;
  started ??=
    ownServer === undefined
      ? startEmbeddedPostgres({ dataDir: testServerFolder(), settings: SETTINGS })
      : Promise.resolve({ ownerUrl: ownServer, stop: async () => undefined });
  return started;
}

let template: Promise<string> | null = null;

function ensureTemplate(serverUrl: string): Promise<string> {
  template ??= withClient(serverUrl, (client) => makeTemplate(client, serverUrl));
  return template;
}

/** One template for each state of the migrations; made under a name of its own first, so nobody copies half of it. */
async function makeTemplate(client: pg.Client, serverUrl: string): Promise<string> {
  const name = `template_${checksumOf(await readMigrations(migrationsFolder)).slice(0, 16)}`;
  await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (rowCount !== 0) return name;
  await removeForgotten(client);
  const unfinished = databaseName('unfinished');
  await client.query(`CREATE DATABASE ${unfinished}`);
  await migrate(urlOf(serverUrl, unfinished));
  await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${name}`);
  return name;
}

const TEMPLATE_LOCK = 5_118_220_671;
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

async function createDatabase(serverUrl: string, options: string): Promise<TestDatabase> {
  const name = databaseName('test');
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${name} ${options}`));
  return {
    ownerUrl: urlOf(serverUrl, name),
    drop: () => withClient(serverUrl, (client) => dropDatabase(client, name)),
  };
}

/** Slots hold a database; their readers go with `FORCE`, but the slots themselves must be dropped first. */
async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  await client.query(
    `SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots WHERE database = $1 AND active`,
    [name],
  );
  await client.query(
    'SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = $1',
    [name],
  );
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

/** Names carry the time of their making. */
async function removeForgotten(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE datname ~ '^(test|unfinished)_[0-9]+_'`,
  );
  const old = rows.filter(({ datname }) => Number(datname.split('_')[1]) < Date.now() - FORGOTTEN_AFTER_MS);
  for (const { datname } of old) await dropDatabase(client, datname);
}

function databaseName(kind: 'test' | 'unfinished'): string {
  return `${kind}_${Date.now()}_${randomBytes(6).toString('hex')}`;
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
