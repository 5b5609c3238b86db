import { type GrantContext, lookupsOf, resolveBuckets } from '#config/resolve-buckets.ts';
import type { BucketValue, SyncPlan } from '#config/sync-plan.ts';
import { compileRowPlan } from '#replication/row-plan.ts';
import { type Person, type SeenRow, type WorldRow, withoutNulls } from './seen-row.ts';

type Columns = Readonly<Record<string, Readonly<Record<string, 'text' | 'integer'>>>>;

/** What a person gets of rows by our own plan, as replication and download together would have it. */
export function ownEvaluator(plan: SyncPlan, columnsByTable: Columns) {
  const tables = new Map(
    Object.entries(columnsByTable).map(([table, types]) => {
      const columns = Object.entries(types).map(([name, type]) => ({
        name,
        typeOid: type === 'text' ? 25 : 20,
      }));
      return [table, compileRowPlan('d', table, plan, columns, ['id'])];
    }),
  );
  return (person: Person, rows: readonly WorldRow[]): SeenRow[] => {
    const contents = rows.flatMap(({ table, values }) => {
      const compiled = tables.get(table);
      if (compiled === undefined) return [];
      const row = compiled.columns.map(({ name }) => (values[name] === null ? null : String(values[name])));
      return [{ table, ...compiled.contentOf(row) }];
    });
    const context: GrantContext = { plan, deployment: 'd', ...person, bucketsAtMost: 1000 };
    const announced = new Set(lookupsOf(context).map(({ lookup, key }) => `${lookup.id}${key}`));
    const grant = resolveBuckets(context, ({ lookup, key }) => {
      if (!announced.has(`${lookup.id}${key}`)) throw new Error('a lookup was not announced');
      const found = contents
        .flatMap((content) => content.lookups)
        .filter((one) => one.lookup === lookup.id && one.key === key);
      return [...new Set(found.map((one) => one.value))].map((value) => JSON.parse(value) as BucketValue);
    });
    if (!grant.ok) throw new Error(grant.error);
    return contents.flatMap(({ table, copies }) =>
      copies.flatMap((copy) => {
        const bucket = grant.value.buckets.find((one) => one.name === copy.bucket);
        if (bucket === undefined) return [];
        const sent = JSON.parse(copy.data) as Record<string, unknown>;
        if ('id' in sent) throw new Error('the id is sent twice');
        const data = withoutNulls({ id: copy.rowId, ...sent });
        const stream = copy.bucket.slice(2, copy.bucket.indexOf('|'));
        const because = bucket.reasons.map((one) => ('sub' in one ? one.sub : ('default' as const)));
        return [{ stream, priority: bucket.priority, table, data, because }];
      }),
    );
  };
}
