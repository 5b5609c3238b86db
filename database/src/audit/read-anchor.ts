import type pg from 'pg';
import { withTenant } from '#tenant-transaction.ts';
import { readLastLink } from './link-store.ts';
import type { Anchor } from './link-trails.ts';

/** The newest link of a company's trail; null where it has none yet. */
export async function readAnchor(pool: pg.Pool, tenantId: string): Promise<Anchor | null> {
  const scope = { tenantId, userId: null, deviceId: null, operationId: null, requestId: null };
  const link = await withTenant(pool, scope, (tx) => readLastLink(tx, tenantId), { isReadOnly: true });
  return link === null ? null : { tenantId, position: link.position, hash: link.hash.toString('hex') };
}
