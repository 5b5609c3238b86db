import type { SyncPlan } from '#config/sync-plan.ts';
import type { Queryable } from '#oplog/oplog-store.ts';
import { describePublication } from './publication.ts';
import { describeTables, type SourceTable } from './source-tables.ts';

/** What the database offers now, of all that the configuration needs. */
export type Source = {
  readonly tables: readonly SourceTable[];
  /** Which publication this is, and what it carries. */
  readonly publication: string;
};

/** Throws a SourceProblem, in words for an operator, where something is missing. */
export async function readSource(owner: Queryable, plan: SyncPlan, publication: string): Promise<Source> {
  const wanted = neededColumns(plan);
  const tables = await describeTables(owner, wanted);
  return { tables, publication: await describePublication(owner, publication, tables) };
}

/** The columns that the configuration looks at, by table. */
function neededColumns(plan: SyncPlan): Map<string, string[]> {
  const tables = new Set([...plan.queriesByTable.keys(), ...plan.lookupsByTable.keys()]);
  return new Map(
    [...tables].map((table) => {
      const queries = plan.queriesByTable.get(table) ?? [];
      const lookups = plan.lookupsByTable.get(table) ?? [];
      const names = [
        ...queries.flatMap((query) => [...query.columns, ...query.keyColumns, ...query.nulls]),
        ...lookups.flatMap((lookup) => [lookup.column, ...lookup.keyColumns, ...lookup.nulls]),
      ];
      return [table, [...new Set(names)]];
    }),
  );
}
