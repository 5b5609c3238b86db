import { type BucketSource, bucketName, type TableQuery } from '#config/sync-plan.ts';
import type { RowCopy } from '#oplog/plan-ops.ts';
import { type DeviceText, deviceTextOf } from './device-text.ts';
import type { TupleValue } from './pgoutput.ts';

export type Column = { readonly name: string; readonly typeOid: number };

/** How rows of one table, in one order of columns, become copies in buckets. */
export type RowPlan = {
  readonly table: string;
  /** The primary key's values as one text. */
  keyOf(row: readonly TupleValue[]): string;
  copiesOf(row: readonly TupleValue[]): RowCopy[];
  /** Positions of columns that matter, for rows whose update left a large value out. */
  readonly neededIndexes: readonly number[];
  readonly columns: readonly Column[];
  readonly keyIndexes: readonly number[];
};

/** Between the values of a key of several columns; PostgreSQL's text cannot hold it unescaped in a uuid or number. */
export const keySeparator = '\u001f';

/** Compiles the queries of a table for this order of columns. Throws when a column is missing. */
export function compileRowPlan(
  deployment: string,
  table: string,
  queries: readonly TableQuery[],
  columns: readonly Column[],
  keyColumns: readonly string[],
): RowPlan {
  const indexOf = (name: string): number => {
    const index = columns.findIndex((column) => column.name === name);
    if (index < 0)
      throw new Error(`table ${table} has no column ${name}, which the sync configuration selects`);
    return index;
  };
  const evaluators = queries.map((query) => compileQuery(deployment, query, columns, indexOf));
  const keyIndexes = keyColumns.map(indexOf);
  const needed = new Set(keyIndexes);
  for (const query of queries) {
    for (const name of [...query.columns, ...query.keyColumns, ...query.nulls]) needed.add(indexOf(name));
  }
  return {
    table,
    columns,
    keyIndexes,
    neededIndexes: [...needed],
    keyOf: (row) => keyIndexes.map((index) => row[index]).join(keySeparator),
    copiesOf(row) {
      const copies: RowCopy[] = [];
      for (const evaluate of evaluators) {
        const copy = evaluate(row);
        if (copy !== null) copies.push(copy);
      }
      return copies;
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
    const index = indexOf(name);
    const toJson = deviceTextOf(columns[index]?.typeOid ?? 0);
    if (toJson === null) continue;
    fields.push({ prefix: `,${JSON.stringify(name)}:`, index, toJson });
  }
  const idIndex = indexOf('id');
  const nulls = query.nulls.map(indexOf);
  const nameOf = compileBucketName(deployment, query.source, query.keyColumns.map(indexOf), columns);
  return (row) => {
    if (nulls.some((index) => row[index] !== null)) return null;
    const bucket = nameOf(row);
    const rowId = row[idIndex];
    if (bucket === null || typeof rowId !== 'string') return null;
    let data = '';
    for (const { prefix, index, toJson } of fields) {
      const value = row[index];
      // A column that is not named is null on a device; naming it costs a first download a sixth of its time.
      if (value !== null && value !== undefined) data += prefix + toJson(value);
    }
    return { bucket, rowId, data: `{${data.slice(1)}}` };
  };
}

function compileBucketName(
  deployment: string,
  source: BucketSource,
  indexes: readonly number[],
  columns: readonly Column[],
): (row: readonly TupleValue[]) => string | null {
  const isNumber = indexes.map((index) => [20, 21, 23, 26].includes(columns[index]?.typeOid ?? 0));
  // Neighbouring rows are mostly of one tenant, so the last name is mostly the next one.
  let lastValues = '';
  let lastName: string | null = null;
  return (row) => {
    let values = '';
    for (const index of indexes) {
      const value = row[index];
      if (value === null || value === undefined) return null;
      values += value + keySeparator;
    }
    if (values === lastValues) return lastName;
    lastName = bucketName(
      deployment,
      source,
      indexes.map((index, at) => (isNumber[at] ? Number(row[index]) : row[index])),
    );
    lastValues = values;
    return lastName;
  };
}
