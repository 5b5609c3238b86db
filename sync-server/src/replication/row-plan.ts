import { bucketPrefix, type Lookup, type SyncPlan, type TableQuery } from '#config/sync-plan.ts';
import type { LookupRow } from '#oplog/lookups/plan-lookups.ts';
import type { RowContent } from '#oplog/oplog-writer.ts';
import type { RowCopy } from '#oplog/plan-ops.ts';
import { compileKey, compileValue, keySeparator } from './compile-keys.ts';
import { type DeviceText, deviceTextOf } from './device-text.ts';
import type { TupleValue } from './pgoutput.ts';

export type Column = { readonly name: string; readonly typeOid: number };

/** How rows of one table, in one order of columns, become copies in buckets and what lookups find. */
export type RowPlan = {
  readonly table: string;
  /** The primary key's values as one text. */
  keyOf(row: readonly TupleValue[]): string;
  contentOf(row: readonly TupleValue[]): RowContent;
  /** Positions of columns that matter, for rows whose update left a large value out. */
  readonly neededIndexes: readonly number[];
  readonly columns: readonly Column[];
  readonly keyIndexes: readonly number[];
};

/** Of most tables nothing is looked up: no lists are made for each of their rows. */
const noLookups: readonly LookupRow[] = [];

/** Compiles what is wanted of a table for this order of columns. Throws when a column is missing. */
export function compileRowPlan(
  deployment: string,
  table: string,
  wanted: Pick<SyncPlan, 'queriesByTable' | 'lookupsByTable'>,
  columns: readonly Column[],
  keyColumns: readonly string[],
): RowPlan {
  const indexOf = (name: string): number => {
    const index = columns.findIndex((column) => column.name === name);
    if (index < 0)
      throw new Error(`table ${table} has no column ${name}, which the sync configuration selects`);
    return index;
  };
  const queries = wanted.queriesByTable.get(table) ?? [];
  const lookups = wanted.lookupsByTable.get(table) ?? [];
  const evaluators = queries.map((query) => compileQuery(deployment, query, columns, indexOf));
  const finders = lookups.map((lookup) => compileLookup(lookup, columns, indexOf));
  const keyIndexes = keyColumns.map(indexOf);
  const needed = new Set(keyIndexes);
  for (const query of queries) {
    for (const name of [...query.columns, ...query.keyColumns, ...query.nulls]) needed.add(indexOf(name));
  }
  for (const { column, keyColumns: keys, nulls } of lookups) {
    for (const name of [column, ...keys, ...nulls]) needed.add(indexOf(name));
  }
  return {
    table,
    columns,
    keyIndexes,
    neededIndexes: [...needed],
    keyOf: (row) => keyIndexes.map((index) => row[index]).join(keySeparator),
    contentOf(row) {
      const copies: RowCopy[] = [];
      for (const evaluate of evaluators) {
        const copy = evaluate(row);
        if (copy !== null) copies.push(copy);
      }
      const found =
        finders.length === 0 ? noLookups : finders.map((find) => find(row)).filter((one) => one !== null);
      return { copies, lookups: found };
    },
  };
}

function compileQuery(
  deployment: string,
  query: TableQuery,
  columns: readonly Column[],
  indexOf: (name: string) => number,
): (row: readonly TupleValue[]) => RowCopy | null {
  const fields: { prefix: string; index: number; toJson: DeviceText }[] = [];
  for (const name of query.columns) {
    if (name === 'id') continue; // Every copy names its row's id beside its data.
    const index = indexOf(name);
    const toJson = deviceTextOf(columns[index]?.typeOid ?? 0);
    if (toJson === null) continue;
    fields.push({ prefix: `,${JSON.stringify(name)}:`, index, toJson });
  }
  const idIndex = indexOf('id');
  const nulls = query.nulls.map(indexOf);
  const prefix = bucketPrefix(deployment, query.source);
  const keyOf = compileKey(query.keyColumns.map(indexOf), columns);
  let lastKey = '';
  let lastBucket = '';
  return (row) => {
    if (nulls.some((index) => row[index] !== null)) return null;
    const key = keyOf(row);
    const rowId = row[idIndex];
    if (key === null || typeof rowId !== 'string') return null;
    if (key !== lastKey) {
      lastKey = key;
      lastBucket = prefix + key;
    }
    let data = '';
    for (const { prefix, index, toJson } of fields) {
      const value = row[index];
      // A column that is not named is null on a device; naming it costs a first download a sixth of its time.
      if (value !== null && value !== undefined) data += prefix + toJson(value);
    }
    return { bucket: lastBucket, rowId, data: `{${data.slice(1)}}` };
  };
}

/** The row as a lookup finds it. */
function compileLookup(
  lookup: Lookup,
  columns: readonly Column[],
  indexOf: (name: string) => number,
): (row: readonly TupleValue[]) => LookupRow | null {
  const nulls = lookup.nulls.map(indexOf);
  const keyOf = compileKey(lookup.keyColumns.map(indexOf), columns);
  const readValue = compileValue(indexOf(lookup.column), columns);
  return (row) => {
    if (nulls.some((index) => row[index] !== null)) return null;
    const key = keyOf(row);
    const value = readValue(row);
    return key === null || value === null ? null : { lookup: lookup.id, key, value: JSON.stringify(value) };
  };
}
