import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type MigrationFile = {
  /** The file's name without `.sql`, beginning with its time: names sort in the order of running. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text, line ends as in git. */
  readonly checksum: string;
};

/** The migrations of this repository. */
export const migrationsFolder = fileURLToPath(new URL('../../migrations/', import.meta.url));

const NAME = /^\d{14}_[a-z0-9_]+\.sql$/;

/** All migrations of a folder in order. Throws on a .sql file whose name does not begin with a time. */
export async function readMigrations(folder: string): Promise<readonly MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const stray = names.find((name) => !NAME.test(name));
  if (stray !== undefined) throw new Error(`${stray} is not named like 20261122100000_what_it_does.sql`);
  return Promise.all(names.map((name) => readMigration(folder, name)));
}

/** One checksum for a whole folder: changes with any of its files. */
export function checksumOf(files: readonly MigrationFile[]): string {
  return sha256(files.map((file) => `${file.name} ${file.checksum}`).join('\n'));
}

async function readMigration(folder: string, fileName: string): Promise<MigrationFile> {
  // Git may have put CRLF into a checkout on Windows; the migration is the same.
  const sql = (await readFile(join(folder, fileName), 'utf8')).replaceAll('\r\n', '\n');
  return { name: fileName.slice(0, -'.sql'.length), sql, checksum: sha256(sql) };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
