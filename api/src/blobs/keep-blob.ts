import { randomBytes } from 'node:crypto';
import { type TenantScope, withTenant } from '@eventkit/database/tenant-transaction.ts';
import type pg from 'pg';
import { type BlobName, type BlobStore, nameOfBlob } from './blob-store.ts';

/**
 * Puts bytes of the scope's company under a new name, which is written down first: what no row names within a day is
 * removed, whatever became of the caller.
 */
export async function keepBlob(
  { pool, blobs }: { readonly pool: pg.Pool; readonly blobs: BlobStore },
  scope: TenantScope,
  bytes: Uint8Array,
  mediaType: string,
): Promise<BlobName> {
  const name = nameOfBlob(scope.tenantId, randomBytes(16));
  await withTenant(pool, scope, (tx) =>
    tx.query('INSERT INTO blobs (tenant_id, name) VALUES (current_tenant_id(), $1)', [name]),
  );
  await blobs.put(name, bytes, mediaType);
  return name;
}
