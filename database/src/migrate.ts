import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { type MigrationFile, migrationsFolder, readMigrations } from './migration-files.ts';
import { pgTypes } from './pg-types.ts';
import { sessionOptions } from './pool.ts';

/** A database and the migrations disagree about the past; nothing was run. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/**
 * Brings a database to the newest migration, the queue of jobs with it, and makes sure of the audit trail's partitions and
 * moments; answers the names that it ran. Each file is one transaction; two processes at once take turns. Throws
 * MigrationError where a file that ran has changed or gone, or where one is older than the newest that ran.
 */
export async function migrate(
  ownerUrl: string,
  { folder = migrationsFolder }: { readonly folder?: string } = {},
): Promise<readonly string[]> {
  const files = await readMigrations(folder);
  return withOwner(ownerUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await client.query(CREATE_TABLE);
    const pending = pendingOf(files, await readApplied(client));
    for (const file of pending) await run(client, file);
    await client.query(KEEP_TRAIL_GOING);
    await migrateJobQueue(client, ownerUrl);
    return pending.map((file) => file.name);
  });
}

/** The names that `migrate` would run now. Changes nothing; throws as `migrate` does. */
export async function pendingMigrations(
  ownerUrl: string,
  { folder = migrationsFolder }: { readonly folder?: string } = {},
): Promise<readonly string[]> {
  const files = await readMigrations(folder);
  return withOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ exists: boolean }>(
      `SELECT to_regclass('public.schema_migrations') IS NOT NULL AS exists`,
    );
    const applied = rows[0]?.exists === true ? await readApplied(client) : [];
    return pendingOf(files, applied).map((file) => file.name);
  });
}

type Applied = { readonly name: string; readonly checksum: string };

/** Any number that no other use of advisory locks in this database takes. */
const LOCK = 7_301_953_114;

const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS public.schema_migrations (
  name text PRIMARY KEY,
  checksum text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
)`;

/** Absent in the folders of tests that bring their own migrations. */
const KEEP_TRAIL_GOING = `DO $$ BEGIN
  IF to_regproc('public.ensure_audit_partitions') IS NOT NULL THEN CALL public.ensure_audit_partitions(); END IF;
  IF to_regproc('public.ensure_audit_moments') IS NOT NULL THEN CALL public.ensure_audit_moments(); END IF;
END $$`;

/** graphile-worker keeps account of its own migrations; the rights on what they make are ours to give. */
async function migrateJobQueue(client: pg.Client, ownerUrl: string): Promise<void> {
  const { rows } = await client.query<{ isWanted: boolean }>(
    `SELECT to_regproc('public.open_job_queue') IS NOT NULL AS "isWanted"`,
  );
  // Absent in the folders of tests that bring their own migrations.
  if (rows[0]?.isWanted !== true) return;
  await runMigrations({ connectionString: ownerUrl, logger: new Logger(() => () => undefined) });
  await client.query('CALL open_job_queue()');
}

async function withOwner<T>(ownerUrl: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: ownerUrl,
    options: sessionOptions('owner'),
    types: pgTypes,
    application_name: 'eventkit-migrate',
  });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

async function readApplied(client: pg.Client): Promise<readonly Applied[]> {
  const { rows } = await client.query<Applied>(
    'SELECT name, checksum FROM public.schema_migrations ORDER BY name',
  );
  return rows;
}

function pendingOf(files: readonly MigrationFile[], applied: readonly Applied[]): readonly MigrationFile[] {
  const filesByName = new Map(files.map((file) => [file.name, file]));
  for (const { name, checksum } of applied) {
    const file = filesByName.get(name);
    if (file === undefined) {
      throw new MigrationError(`${name} ran on this database but is missing: is this an older EventKit?`);
    }
    if (file.checksum !== checksum) {
      throw new MigrationError(`${name} ran on this database and has changed since: add a new file instead`);
    }
  }
  const newest = applied.at(-1)?.name ?? '';
  const appliedNames = new Set(applied.map(({ name }) => name));
  const pending = files.filter((file) => !appliedNames.has(file.name));
  const late = pending.find((file) => file.name < newest);
  if (late !== undefined) {
    throw new MigrationError(`${late.name} is older than ${newest}, which ran already: give it a newer time`);
  }
  return pending;
}

async function run(client: pg.Client, file: MigrationFile): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(file.sql);
    await client.query('INSERT INTO public.schema_migrations (name, checksum) VALUES ($1, $2)', [
      file.name,
      file.checksum,
    ]);
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK');
    throw new MigrationError(
      `${file.name} failed: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );
  }
}
