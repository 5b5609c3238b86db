import { type BucketValue, isBucketValue, valuesKey } from '#config/sync-plan.ts';
import { isArray } from './device-text.ts';
import type { TupleValue } from './pgoutput.ts';
import type { Column } from './row-plan.ts';

/** Between the values of a key of several columns; PostgreSQL's text cannot hold it unescaped in a uuid or number. */
export const keySeparator = '\u001f';

type Row = readonly TupleValue[];

/** The key that a row's values make, or null where one of them matches nothing. */
export function compileKey(
  indexes: readonly number[],
  columns: readonly Column[],
): (row: Row) => string | null {
  const values = indexes.map((index) => compileValue(index, columns));
  // Neighbouring rows are mostly of one tenant, so the last key is mostly the next one.
  let lastValues = '';
  let lastKey: string | null = null;
  return (row) => {
    let text = '';
    for (const index of indexes) {
      const value = row[index];
      if (value === null || value === undefined) return null;
      text += value + keySeparator;
    }
    if (text === lastValues) return lastKey;
    lastKey = valuesKey(values.map((read) => read(row)));
    lastValues = text;
    return lastKey;
  };
}

/** The value of a column as parameters of buckets have it; null where it matches nothing. */
export function compileValue(index: number, columns: readonly Column[]): (row: Row) => BucketValue | null {
  const { name = '', typeOid = 0 } = columns[index] ?? {};
  if (unequalTypes.has(typeOid) || isArray(typeOid))
    throw new Error(
      `column ${name} cannot be compared with a parameter: PostgreSQL's text of its type is not ours`,
    );
  const isNumber = [20, 21, 23, 26].includes(typeOid);
  return (row) => {
    const text = row[index];
    if (text === null || text === undefined) return null;
    const value = isNumber ? Number(text) : text;
    return isBucketValue(value) ? value : null;
  };
}

/** bool, bytea, real, double precision, time, timestamp, both with time zone: the same value has several texts. */
const unequalTypes = new Set([16, 17, 700, 701, 1083, 1114, 1184, 1266]);
