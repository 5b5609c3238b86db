import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRowPlan } from '#replication/row-plan.ts';
import { readSyncConfig } from './read-sync-config.ts';
import { resolveBuckets } from './resolve-buckets.ts';

/** As far as we use it. Its type declarations lead to source text that our compiler settings refuse. */
type OfficialEvaluator = {
  readonly SqlSyncRules: {
    fromYaml(
      yaml: string,
      options: { defaultSchema: string; throwOnError: boolean },
    ): { config: { hydrate(options: { hydrationState: unknown; sqlite: null }): OfficialPlan } };
  };
  readonly BaseJwtPayload: new (claims: Record<string, unknown>) => unknown;
  readonly RequestParameters: new (payload: unknown, parameters: object) => unknown;
  versionedHydrationState(version: number): unknown;
};
type OfficialPlan = {
  getBucketParameterQuerier(request: object): {
    querier: { hasDynamicBuckets: boolean; staticBuckets: { bucket: string; priority: number }[] };
  };
  getMatchingSources(table: object): { bucketDataSources: unknown };
  evaluateRowWithErrors(row: object): {
    results: { bucket: string; table: string; id: string; data: unknown }[];
    errors: unknown[];
  };
};
const officialPackage: string = '@powersync/service-sync-rules';
const { SqlSyncRules, BaseJwtPayload, RequestParameters, versionedHydrationState } = (await import(
  officialPackage
)) as OfficialEvaluator;

const text = readFileSync(new URL('../../sync-config.yaml', import.meta.url), 'utf8');
const read = readSyncConfig(text);
if (!read.ok) throw new Error('the configuration is unreadable');
const plan = read.value;
const oracle = SqlSyncRules.fromYaml(text, { defaultSchema: 'public', throwOnError: true }).config.hydrate({
  hydrationState: versionedHydrationState(1),
  sqlite: null,
});

const seed = Number(process.env['EVENTKIT_SEED'] ?? 20261122);
const numRuns = 400 * Number(process.env['EVENTKIT_RUNS'] ?? 1);

const tenants = ['t-1', 't-2'];
const devices = ['d-1', 'd-2'];
const rights = ['inventory:read', 'planning:read', 'scanning:read', 'other'];
/** The claims that a token may carry, and claims of the wrong shape. */
const claims = fc.record(
  {
    sub: fc.constant('u'),
    tenant_id: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom<unknown>(...tenants) },
      { weight: 1, arbitrary: fc.constantFrom<unknown>(null, {}, ['t-1'], 1) },
    ),
    device_id: fc.constantFrom(...devices),
    permissions: fc.oneof(
      { weight: 8, arbitrary: fc.subarray(rights) },
      { weight: 1, arbitrary: fc.constantFrom<unknown>(null) },
    ),
  },
  { requiredKeys: ['sub', 'tenant_id'] },
);

const tables = [...plan.queriesByTable.keys()];
const rows = fc.constantFrom(...tables).chain((table) => {
  const columns = columnsOf(table);
  const special: Record<string, fc.Arbitrary<string | null>> = {
    id: fc.constantFrom('r-1', 'r-2'),
    tenant_id: fc.constantFrom<string | null>(...tenants, ...tenants, ...tenants, null),
    device_id: fc.constantFrom<string | null>(...devices, null),
  };
  return fc
    .tuple(
      ...columns.map(
        (column) => special[column] ?? fc.constantFrom<string | null>(null, null, 'x', 'ü"\\\n'),
      ),
    )
    .map((values) => ({ table, values }));
});

function columnsOf(table: string): string[] {
  const queries = plan.queriesByTable.get(table) ?? [];
  return [...new Set(queries.flatMap((query) => [...query.columns, ...query.keyColumns, ...query.nulls]))];
}

function ours(claim: Record<string, unknown>, row: { table: string; values: (string | null)[] }) {
  const columns = columnsOf(row.table).map((name) => ({ name, typeOid: 25 }));
  const queries = plan.queriesByTable.get(row.table) ?? [];
  const copies = compileRowPlan('x', row.table, queries, columns, ['id']).copiesOf(row.values);
  const grant = resolveBuckets(plan, 'x', claim, { includeDefaults: true, subscriptions: [] });
  return copies.flatMap((copy) => {
    const bucket = grant.buckets.find((one) => one.name === copy.bucket);
    if (bucket === undefined) return [];
    const data = JSON.parse(copy.data) as unknown;
    return [{ table: row.table, id: copy.rowId, data, priority: bucket.priority }];
  });
}

async function theirs(claim: Record<string, unknown>, row: { table: string; values: (string | null)[] }) {
  const { querier } = oracle.getBucketParameterQuerier({
    globalParameters: new RequestParameters(new BaseJwtPayload(claim), {}),
    hasDefaultStreams: true,
    streams: {},
  });
  expect(querier.hasDynamicBuckets).toBe(false);
  const ref = { connectionTag: 'default', schema: 'public', name: row.table };
  const columns = columnsOf(row.table);
  const record = Object.fromEntries(columns.map((column, at) => [column, row.values[at] ?? null]));
  const { results, errors } = oracle.evaluateRowWithErrors({
    sourceTable: ref,
    record,
    bucketDataSources: oracle.getMatchingSources(ref).bucketDataSources,
  });
  expect(errors).toEqual([]);
  return results.flatMap((result) => {
    const bucket = querier.staticBuckets.find((one) => one.bucket === result.bucket);
    if (bucket === undefined) return [];
    // We leave out what is null: a device reads the same.
    const data = Object.fromEntries(
      Object.entries(result.data as object).filter(([, value]) => value !== null),
    );
    return [{ table: result.table, id: result.id, data, priority: bucket.priority }];
  });
}

describe('what a token gets of a row', () => {
  test('is what the official evaluator gives, column by column', async () => {
    let visible = 0;
    await fc.assert(
      fc.asyncProperty(claims, rows, async (claim, row) => {
        const mine = ours(claim, row);
        visible += mine.length;
        expect(mine).toEqual(await theirs(claim, row));
      }),
      { seed, numRuns },
    );
    expect(visible).toBeGreaterThan(numRuns / 50);
  });

  test('is never a row of another tenant, or one whose right is missing', () => {
    fc.assert(
      fc.property(claims, rows, (claim, row) => {
        const tenant = row.values[columnsOf(row.table).indexOf('tenant_id')];
        if (claim.tenant_id !== tenant) expect(ours(claim, row)).toEqual([]);
        if (
          row.table === 'assets' &&
          !(claim.permissions as string[] | undefined)?.includes('inventory:read')
        )
          expect(ours(claim, row)).toEqual([]);
      }),
      { seed, numRuns },
    );
  });
});

describe('subscriptions', () => {
  const request = (subscriptions: { stream: string; priority: number | null }[], includeDefaults = true) =>
    resolveBuckets(plan, 'x', { tenant_id: 't-1', permissions: rights }, { includeDefaults, subscriptions });

  test('to a default stream add a reason and may make it more urgent', () => {
    const grant = request([{ stream: 'stock', priority: 0 }]);
    const place = grant.streams.findIndex((stream) => stream.name === 'stock');
    expect(grant.buckets.find((bucket) => bucket.name.startsWith('x#stock|'))).toEqual({
      name: 'x#stock|0["t-1"]',
      priority: 0,
      reasons: [{ default: place }, { sub: 0 }],
    });
  });

  test('to a stream that does not exist are not listed', () => {
    expect(request([{ stream: 'nowhere', priority: null }], false)).toEqual({ buckets: [], streams: [] });
  });
});
