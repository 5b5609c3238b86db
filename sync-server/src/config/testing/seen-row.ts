import type { StreamRequest } from '#config/resolve-buckets.ts';

/** Who asks, with the claims of a verified token and whatever the client sends. */
export type Person = { readonly claims: Readonly<Record<string, unknown>>; readonly request: StreamRequest };

/** Rows of one table; values as PostgreSQL holds them, whole numbers as such. */
export type WorldRow = {
  readonly table: string;
  readonly values: Readonly<Record<string, string | number | null>>;
};

/** One row as one stream brings it to a person; without what is null, which a device reads the same. */
export type SeenRow = {
  readonly stream: string;
  readonly priority: number;
  readonly table: string;
  readonly data: Readonly<Record<string, string | number>>;
  /** The subscriptions that brought it, by their places; `default` where nobody had to ask. */
  readonly because: readonly (number | 'default')[];
};

/** In one order, so that two lists of the same rows are equal. */
export function sorted(rows: readonly SeenRow[]): SeenRow[] {
  const textOf = (row: SeenRow) => JSON.stringify([row.stream, row.table, row.data, row.because]);
  return rows
    .map((row) => ({ ...row, because: row.because.toSorted((a, b) => (String(a) < String(b) ? -1 : 1)) }))
    .toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
}

export function withoutNulls(values: Readonly<Record<string, unknown>>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : (value as string | number)])
      .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
}
