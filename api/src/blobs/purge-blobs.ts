import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type pg from 'pg';
import { type BlobStore, checkedName } from './blob-store.ts';

/** As many objects as go in one transaction: a store that is slow to answer holds a connection no longer than that. */
const AT_ONCE = 200;

/** Companies that may have files to remove for good, or bytes that nothing names. */
export function findCompaniesWithOldFiles(pool: pg.Pool): Promise<readonly string[]> {
  return companies(pool, 'tenants_with_old_files');
}

/**
 * Removes a company's files that were set aside for longer than its trash keeps things, and ends blobs that nothing names:
 * from here on nothing can. Answers how many there were of both.
 */
export async function purgeFiles(tx: TenantTransaction): Promise<number> {
  const { rows } = await tx.query<{ count: number }>('SELECT purge_files() AS count');
  return rows[0]?.count ?? 0;
}

/** Companies with bytes that are to go. */
export function findCompaniesWithEndedBlobs(pool: pg.Pool): Promise<readonly string[]> {
  return companies(pool, 'tenants_with_ended_blobs');
}

/**
 * Removes the bytes of ended blobs and then their rows, so that a crash in between leaves a row by which it is done again.
 * Answers how many; what is left is done by the next round.
 */
export async function removeEndedBlobs(blobs: BlobStore, tx: TenantTransaction): Promise<number> {
  const { rows } = await tx.query<{ name: string }>(
    'SELECT name FROM ended_blobs ORDER BY ended_at, name LIMIT $1',
    [AT_ONCE],
  );
  const names = rows.map(({ name }) => checkedName(name));
  for (const name of names) await blobs.delete(name);
  await tx.query('DELETE FROM ended_blobs WHERE name = ANY ($1)', [names]);
  return names.length;
}

async function companies(pool: pg.Pool, of: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ tenantId: string }>(
    `SELECT tenant_id AS "tenantId" FROM ${of}() AS tenant_id`,
  );
  return rows.map(({ tenantId }) => tenantId);
}
