import { type Bench, percentile, repeat } from './bench.ts';
import { type BenchStack, openBenchStack } from './bench-stack.ts';

const CHANGES = 1_000_000;
const DAYS = 90;
const CALLS = 200;
const PAGES = 20;
const HISTORY_BUDGET_MS = 50;

/**
 * What asking the audit trail takes over HTTP, with a million entries of ninety days in the company asked for: the history
 * of one record, of one person, of a kind, of a time, and page after page of it.
 */
export const benchAudit: Bench = async ({ assetCount }) => {
  // One person may not ask as fast as this bench does.
  process.env['RATE_LIMIT_USER'] = '0';
  process.env['RATE_LIMIT_TENANT'] = '0';
  await using stack = await openBenchStack(Math.min(assetCount, 5000));
  const company = await fillTrail(stack);
  const ask = await asker(stack);
  const dayMicros = 86_400_000_000;
  const times = async (requestOf: (place: number) => object) =>
    percentile(await repeat(CALLS, async (place) => (await ask(requestOf(place))).ms), 0.95);
  const anyOf = (values: readonly string[], place: number) => values[(place * 7919) % values.length];
  const busy = { tableName: 'assets', rowId: company.busiestAssetId };
  await times((place) => ({ tableName: 'assets', rowId: anyOf(company.assetIds, place) }));
  const figures = {
    record_p95_ms: await times((place) => ({ tableName: 'assets', rowId: anyOf(company.assetIds, place) })),
    record_of_10k_changes_p95_ms: await times(() => busy),
    record_of_10k_changes_pages_p95_ms: await pages(ask, busy),
    newest_p95_ms: await times(() => ({})),
    newest_pages_p95_ms: await pages(ask, {}),
    kind_common_p95_ms: await times(() => ({ tableName: 'assets' })),
    kind_rare_p95_ms: await times(() => ({ tableName: 'storage_locations' })),
    kind_absent_p95_ms: await times(() => ({ tableName: 'nothing' })),
    person_busy_p95_ms: await times(() => ({ userId: company.busyUserId })),
    person_quiet_p95_ms: await times(() => ({ userId: company.quietUserId })),
    person_and_kind_p95_ms: await times(() => ({
      userId: company.busyUserId,
      tableName: 'storage_locations',
    })),
    day_p95_ms: await times((place) => {
      const from = company.fromMicros + (place % (DAYS - 1)) * dayMicros;
      return { fromMicros: String(from), untilMicros: String(from + dayMicros) };
    }),
  };
  return {
    figures,
    budgets: Object.fromEntries(
      Object.keys(figures)
        .filter((key) => key.startsWith('record'))
        .map((key) => [key, HISTORY_BUDGET_MS]),
    ),
    notes: [
      `${CHANGES} entries, ${CALLS} calls each, one after the other, pages of 50; ${PAGES} pages in a row`,
      'who calls, server and database share this machine',
    ],
  };
};

type Ask = (request: object) => Promise<{ readonly ms: number; readonly nextPageToken: string }>;

async function asker(stack: BenchStack): Promise<Ask> {
  const token = await stack.token('admin@nordlicht.example', 'api');
  return async (request) => {
    const startedMs = performance.now();
    const response = await fetch(`${stack.url}/eventkit.v1.AuditService/ListChanges`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ pageSize: 50, ...request }),
    });
    const { nextPageToken = '' } = (await response.json()) as { nextPageToken?: string };
    if (!response.ok) throw new Error(`answered with ${response.status}`);
    return { ms: performance.now() - startedMs, nextPageToken };
  };
}

async function pages(ask: Ask, request: object): Promise<number> {
  let pageToken = '';
  const times = await repeat(PAGES, async () => {
    const page = await ask({ ...request, pageToken });
    pageToken = page.nextPageToken;
    return page.ms;
  });
  return percentile(times, 0.95);
}

/**
 * As a company writes in a quarter: nearly all of it changes of assets by scans, one asset with ten thousand of them, some
 * planning, and a few shelves renamed long ago by somebody who did nothing else.
 */
async function fillTrail(stack: BenchStack) {
  for (const months of [3, 2, 1, 0]) {
    await stack.query(`CALL ensure_audit_partitions((current_date - interval '${months} months')::date)`);
  }
  const [company] = await stack.query<{ tenantId: string; assetIds: string[]; userIds: string[] }>(
    `SELECT t.id AS "tenantId", (SELECT array_agg(id::text) FROM assets WHERE tenant_id = t.id) AS "assetIds",
       (SELECT array_agg(id::text ORDER BY email) FROM users WHERE tenant_id = t.id) AS "userIds"
     FROM tenants t WHERE slug = 'nordlicht'`,
  );
  if (company === undefined) throw new Error('the demo company is not there');
  const [busiestAssetId = ''] = company.assetIds;
  const [quietUserId = '', ...busyUserIds] = company.userIds;
  await stack.query(
    `INSERT INTO audit_log (tenant_id, at, table_name, row_id, action, changes, user_id)
     SELECT $1, now() - (($2 - n) * interval '90 days' / $2), kind,
       CASE WHEN kind <> 'assets' THEN gen_random_uuid()::text WHEN n % 100 = 0 THEN $3
         ELSE ($4::text[])[1 + n::bigint * 7919 % cardinality($4)] END,
       'update', '{"place_kind": ["location", "event"], "place_id": ["0190f3a2-0000-7000-8000-000000000001", "0190f3a2-0000-7000-8000-000000000002"]}',
       CASE WHEN kind = 'storage_locations' THEN $5 ELSE ($6::uuid[])[1 + n % cardinality($6)] END
     FROM generate_series(1, $2) AS n, LATERAL (SELECT CASE
       WHEN n % 100 <> 0 AND n % 7 = 0 THEN 'pull_list_lines'
       WHEN n < 1000 AND n % 100 <> 0 THEN 'storage_locations' ELSE 'assets' END AS kind) AS k`,
    [company.tenantId, CHANGES, busiestAssetId, company.assetIds, quietUserId, busyUserIds],
  );
  await stack.query('ANALYZE audit_log');
  return {
    assetIds: company.assetIds,
    busiestAssetId,
    quietUserId,
    busyUserId: busyUserIds[0] ?? '',
    fromMicros: (Date.now() - DAYS * 86_400_000) * 1000,
  };
}
