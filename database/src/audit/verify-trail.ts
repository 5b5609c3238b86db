import type pg from 'pg';
import { type TenantTransaction, withTenant } from '#tenant-transaction.ts';
import { type Entry, FIRST_MOMENT, factTables, readEntries } from './entries.ts';
import { findTampering, type Tampering } from './find-tampering.ts';
import { hashOfEntries, hashOfLink, type Link } from './link.ts';
import { readLinks } from './link-store.ts';
import type { Anchor } from './link-trails.ts';

/** The first thing that does not fit. */
export type TrailFault =
  /** A link was changed, or one is missing where `position` should be. */
  | { readonly tag: 'link'; readonly problem: 'changed' | 'missing'; readonly position: number }
  /** Within a link, or after all of them where `position` is null. */
  | ({ readonly tag: 'entry'; readonly position: number | null } & Tampering)
  /** Elsewhere it was kept that this link was another. */
  | { readonly tag: 'anchor'; readonly position: number };

export type TrailReport = {
  readonly linkCount: number;
  /** In links. */
  readonly entryCount: number;
  /** Written since the last link. */
  readonly openCount: number;
  /** The newest link that was looked at. */
  readonly head: Anchor | null;
  /** Null where everything fits. */
  readonly fault: TrailFault | null;
};

const LINKS_AT_ONCE = 1000;
const ENTRIES_AT_ONCE = 50_000;

/**
 * Looks at a company's whole trail: every link by itself and after the one before, every entry against its link, and the
 * links against `anchors`, those kept elsewhere. Hashes are made here; the database only reads rows out. Stops at the first
 * fault.
 */
export async function verifyTrail(
  pool: pg.Pool,
  tenantId: string,
  anchors: readonly Anchor[],
): Promise<TrailReport> {
  const scope = { tenantId, userId: null, deviceId: null, operationId: null, requestId: null };
  return withTenant(pool, scope, (tx) => verify(tx, tenantId, anchors), {
    // All of it as it was at one instant: the chain goes on meanwhile.
    isolation: 'repeatable read',
    isReadOnly: true,
    avoidsTableScans: true,
  });
}

async function verify(
  tx: TenantTransaction,
  tenantId: string,
  anchors: readonly Anchor[],
): Promise<TrailReport> {
  const hashesByPosition = new Map(
    anchors.filter((anchor) => anchor.tenantId === tenantId).map(({ position, hash }) => [position, hash]),
  );
  let last: Link | null = null;
  let entryCount = 0;
  const report = (fault: TrailFault | null, openCount = 0): TrailReport => ({
    linkCount: last?.position ?? 0,
    entryCount,
    openCount,
    head: last === null ? null : { tenantId, position: last.position, hash: last.hash.toString('hex') },
    fault,
  });
  for (;;) {
    const after: number = last?.position ?? 0;
    const links = upToEntries(await readLinks(tx, tenantId, { after, limit: LINKS_AT_ONCE }));
    if (links.length === 0) break;
    let before: Link | null = last;
    for (const link of links) {
      const fault = faultOfLink(tenantId, before, link, hashesByPosition.get(link.position));
      if (fault !== null) return report(fault);
      before = link;
    }
    const moments = { from: last?.untilMoment ?? FIRST_MOMENT, until: before?.untilMoment ?? FIRST_MOMENT };
    const entries = await readEntries(tx, tenantId, moments);
    let taken = 0;
    for (const link of links) {
      const own = entriesUntil(entries, taken, link.untilMoment);
      taken += own.length;
      if (
        own.length !== link.entryCount ||
        !hashOfEntries(own.map(({ hash }) => hash)).equals(link.entriesHash)
      )
        return report({ tag: 'entry', position: link.position, ...findTampering(link.marks, own) });
      last = link;
      entryCount += own.length;
    }
  }
  const cut = [...hashesByPosition.keys()].find((position) => position > (last?.position ?? 0));
  if (cut !== undefined) return report({ tag: 'link', problem: 'missing', position: cut });
  const stray = await findStray(tx, tenantId);
  if (stray !== null)
    return report({ tag: 'entry', position: null, problem: 'inserted', entry: stray, after: null });
  const { rows } = await tx.query<{ until: string }>(`SELECT ${BEYOND_NOW} AS until`);
  const open = await readEntries(tx, tenantId, {
    from: (last as Link | null)?.untilMoment ?? FIRST_MOMENT,
    until: rows[0]?.until ?? FIRST_MOMENT,
  });
  return report(null, open.length);
}

/** As many links, at least one, as hold so many entries. */
function upToEntries(links: readonly Link[]): readonly Link[] {
  let count = 0;
  return links.filter(({ entryCount }, index) => {
    count += entryCount;
    return index === 0 || count <= ENTRIES_AT_ONCE;
  });
}

function faultOfLink(
  tenantId: string,
  before: Link | null,
  link: Link,
  anchor: string | undefined,
): TrailFault | null {
  const position = (before?.position ?? 0) + 1;
  if (link.position !== position) return { tag: 'link', problem: 'missing', position };
  const isOrdered = before === null || BigInt(before.untilMoment) < BigInt(link.untilMoment);
  if (!isOrdered || !hashOfLink(tenantId, before?.hash ?? null, link).equals(link.hash))
    return { tag: 'link', problem: 'changed', position };
  return anchor === undefined || anchor === link.hash.toString('hex') ? null : { tag: 'anchor', position };
}

function entriesUntil(entries: readonly Entry[], from: number, untilMoment: string): readonly Entry[] {
  const until = BigInt(untilMoment);
  let end = from;
  for (let entry = entries[end]; entry !== undefined && BigInt(entry.moment) < until; entry = entries[end])
    end += 1;
  return entries.slice(from, end);
}

/** After the newest transaction that this one sees. */
const BEYOND_NOW = `(audit_horizon() - pg_snapshot_xmin(pg_current_snapshot())::text::bigint
  + pg_snapshot_xmax(pg_current_snapshot())::text::bigint)`;

/** What no link would ever hold: a fact without its operation, and what claims to have been written later than now. */
async function findStray(tx: TenantTransaction, tenantId: string): Promise<Tampering['entry']> {
  const strays = [
    ...(['audit_log', 'operations'] as const).map(
      (table) =>
        `SELECT '${table}' AS source, id::text FROM ${table} WHERE tenant_id = $1 AND moment >= ${BEYOND_NOW}`,
    ),
    ...factTables.map(
      (table) =>
        `SELECT '${table}', id::text FROM ${table} f WHERE tenant_id = $1 AND NOT EXISTS (
           SELECT FROM operations o WHERE o.tenant_id = f.tenant_id AND o.id = f.operation_id)`,
    ),
  ];
  const { rows } = await tx.query<{ source: string; id: string }>(
    `SELECT source, id FROM (${strays.join(' UNION ALL ')}) s LIMIT 1`,
    [tenantId],
  );
  return rows[0] ?? null;
}
