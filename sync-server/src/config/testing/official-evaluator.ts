import { type Person, type SeenRow, type WorldRow, withoutNulls } from './seen-row.ts';

/** As far as we use it. Its type declarations lead to source text that our compiler settings refuse. */
type OfficialPackage = {
  readonly SqlSyncRules: {
    fromYaml(
      yaml: string,
      options: { defaultSchema: string; throwOnError: boolean },
    ): {
      config: { hydrate(options: { hydrationState: unknown; sqlite: null }): OfficialPlan };
      errors: { type: string; message: string }[];
    };
  };
  readonly BaseJwtPayload: new (claims: Readonly<Record<string, unknown>>) => unknown;
  readonly RequestParameters: new (payload: unknown, parameters: object) => unknown;
  versionedHydrationState(version: number): unknown;
};
type Lookup = { readonly serializedRepresentation: string };
type Description = {
  readonly bucket: string;
  readonly priority: number;
  readonly definition: string;
  readonly inclusion_reasons: readonly ('default' | { readonly subscription: number })[];
};
type OfficialPlan = {
  getBucketParameterQuerier(request: object): {
    querier: {
      staticBuckets: Description[];
      queryDynamicBucketDescriptions(source: {
        getParameterSets(lookups: Lookup[]): Promise<{ lookup: Lookup; rows: unknown[] }[]>;
      }): Promise<Description[]>;
    };
  };
  getMatchingSources(table: object): { bucketDataSources: unknown; parameterLookupSources: unknown };
  evaluateRowWithErrors(row: object): {
    results: { bucket: string; table: string; id: string; data: Record<string, unknown> }[];
    errors: unknown[];
  };
  evaluateParameterRowWithErrors(
    table: object,
    row: object,
    sources: object,
  ): { results: { lookup: Lookup; bucketParameters: unknown[] }[]; errors: unknown[] };
};

const name: string = '@powersync/service-sync-rules';
const official = (await import(name)) as OfficialPackage;

/** The evaluator of the official PowerSync service on a sync configuration. Throws where it would refuse it. */
export function officialEvaluator(yaml: string) {
  const { config, errors } = official.SqlSyncRules.fromYaml(yaml, {
    defaultSchema: 'public',
    throwOnError: true,
  });
  const plan = config.hydrate({ hydrationState: official.versionedHydrationState(1), sqlite: null });
  return {
    warnings: errors.map((one) => one.message),
    /** What a person gets of these rows. */
    rowsOf: async (person: Person, rows: readonly WorldRow[]): Promise<SeenRow[]> => {
      const { lookups, copies } = evaluate(plan, rows);
      const buckets = await bucketsOf(plan, person, lookups);
      return copies.flatMap(({ bucket: inBucket, table, data }) => {
        const bucket = buckets.get(inBucket);
        if (bucket === undefined) return [];
        // Two rows that look up the same bucket give it the same reason twice.
        const because = [
          ...new Set(bucket.reasons.map((one) => (one === 'default' ? one : one.subscription))),
        ];
        return [
          { stream: bucket.stream, priority: bucket.priority, table, data: withoutNulls(data), because },
        ];
      });
    },
  };
}

function evaluate(plan: OfficialPlan, rows: readonly WorldRow[]) {
  const lookups = new Map<string, unknown[]>();
  const copies = rows.flatMap(({ table, values }) => {
    const ref = { connectionTag: 'default', schema: 'public', name: table };
    const record = Object.fromEntries(
      Object.entries(values).map(([column, value]) => [
        column,
        typeof value === 'number' ? BigInt(value) : value,
      ]),
    );
    const { bucketDataSources, parameterLookupSources } = plan.getMatchingSources(ref);
    const found = plan.evaluateParameterRowWithErrors(ref, record, { parameterLookupSources });
    for (const { lookup, bucketParameters } of found.results) {
      const before = lookups.get(lookup.serializedRepresentation) ?? [];
      lookups.set(lookup.serializedRepresentation, [...before, ...bucketParameters]);
    }
    const { results, errors } = plan.evaluateRowWithErrors({ sourceTable: ref, record, bucketDataSources });
    if (errors.length + found.errors.length > 0) throw new Error('a row could not be evaluated');
    return results;
  });
  return { lookups, copies };
}

/** Where several subscriptions lead to one bucket, it has the reasons of all and the most urgent priority. */
async function bucketsOf(plan: OfficialPlan, person: Person, lookups: ReadonlyMap<string, unknown[]>) {
  const { request, claims } = person;
  const streams: Record<string, object[]> = {};
  for (const [index, subscription] of request.subscriptions.entries()) {
    const { stream, parameters, priority: priorityOverride } = subscription;
    streams[stream] = [...(streams[stream] ?? []), { opaque_id: index, parameters, priorityOverride }];
  }
  const { querier } = plan.getBucketParameterQuerier({
    globalParameters: new official.RequestParameters(new official.BaseJwtPayload(claims), request.parameters),
    hasDefaultStreams: request.includeDefaults,
    streams,
  });
  const dynamic = await querier.queryDynamicBucketDescriptions({
    getParameterSets: async (asked) =>
      asked.map((lookup) => ({ lookup, rows: lookups.get(lookup.serializedRepresentation) ?? [] })),
  });
  const buckets = new Map<
    string,
    { stream: string; priority: number; reasons: Description['inclusion_reasons'] }
  >();
  for (const one of [...querier.staticBuckets, ...dynamic]) {
    const before = buckets.get(one.bucket);
    buckets.set(one.bucket, {
      stream: one.definition,
      priority: Math.min(before?.priority ?? 3, one.priority),
      reasons: [...(before?.reasons ?? []), ...one.inclusion_reasons],
    });
  }
  return buckets;
}
