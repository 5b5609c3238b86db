import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type pg from 'pg';
import { type TenantTransaction, withTenant } from '#tenant-transaction.ts';
import { FIRST_MOMENT, summariseEntries } from './entries.ts';
import { hashOfLink, type Link } from './link.ts';
import { insertLink, readLastLink } from './link-store.ts';

/** The newest link of a company: where it is kept elsewhere, a chain that was made anew does not fit it. */
export type Anchor = { readonly tenantId: string; readonly position: number; readonly hash: string };

export type Linked = {
  /** Up to which moment all companies are linked now; to be given to the next call. */
  readonly reached: string;
  /** The links that were made. */
  readonly anchors: readonly Anchor[];
};

/** Up to which moment everybody is linked. */
export async function readReached(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ reached: string }>('SELECT audit_linked_by_all()::text AS reached');
  return rows[0]?.reached ?? '0';
}

/**
 * Links what was written since `reached`, company by company. Nobody who writes waits for it: transactions that still run,
 * and all that began after the oldest of them, are left to the next time. With `isForAll` every company gets a link, with
 * nothing in it where nothing was written.
 */
export async function linkTrails(
  { pool, clock }: { readonly pool: pg.Pool; readonly clock: Pick<Clock, 'wallMs'> },
  { reached, isForAll }: { readonly reached: string; readonly isForAll: boolean },
): Promise<Linked> {
  const { rows: horizons } = await pool.query<{ until: string }>('SELECT audit_horizon()::text AS until');
  const until = horizons[0]?.until ?? '0';
  const { rows } = await pool.query<{ tenantId: string }>(
    isForAll
      ? 'SELECT id AS "tenantId" FROM tenants_with_trails() AS id'
      : 'SELECT id AS "tenantId" FROM tenants_to_link($1, $2) AS id',
    isForAll ? [] : [reached, until],
  );
  const anchors: Anchor[] = [];
  for (const { tenantId } of rows) {
    const scope = { tenantId, userId: null, deviceId: null, operationId: null, requestId: null };
    const link = await withTenant(pool, scope, (tx) => addLink(tx, tenantId, until, clock.wallMs()), {
      avoidsTableScans: true,
    });
    if (link !== null) anchors.push({ tenantId, position: link.position, hash: link.hash.toString('hex') });
  }
  return { reached: until, anchors };
}

/** Answers null where the company was linked so far by somebody else meanwhile. */
async function addLink(
  tx: TenantTransaction,
  tenantId: string,
  untilMoment: string,
  nowMs: number,
): Promise<Link | null> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('audit links ' || $1, 0))`, [tenantId]);
  const last = await readLastLink(tx, tenantId);
  if (last !== null && BigInt(last.untilMoment) >= BigInt(untilMoment)) return null;
  const moments = { from: last?.untilMoment ?? FIRST_MOMENT, until: untilMoment };
  const { count, hash: entriesHash, marks } = await summariseEntries(tx, tenantId, moments);
  const unsigned = {
    position: (last?.position ?? 0) + 1,
    untilMoment,
    entryCount: count,
    entriesHash,
    marks,
    linkedAtMicros: String(Math.round(nowMs) * 1000),
  };
  const link = { ...unsigned, hash: hashOfLink(tenantId, last?.hash ?? null, unsigned) };
  await insertLink(tx, tenantId, link);
  return link;
}
