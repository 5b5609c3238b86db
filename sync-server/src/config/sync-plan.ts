/** Where a value comes from. Only the token is to be trusted; the other two are whatever a client sends. */
export type Parameter = { readonly from: 'auth' | 'connection' | 'subscription'; readonly name: string };

/**
 * What is kept of a table so that streams can look up values in it: from each row, under the values of `keyColumns`,
 * the value of `column`, unless one of `nulls` is set.
 */
export type Lookup = {
  /** Its place in SyncPlan.lookups. */
  readonly id: number;
  readonly table: string;
  readonly column: string;
  readonly keyColumns: readonly string[];
  readonly nulls: readonly string[];
};

/** One of a bucket's parameters: a value itself, or each of the values that a lookup finds under some values. */
export type BucketKey =
  | { readonly kind: 'value'; readonly value: Parameter }
  | { readonly kind: 'lookup'; readonly lookup: Lookup; readonly values: readonly Parameter[] };

/**
 * One kind of bucket: the rows of a stream that are told apart by the same keys and guarded by the same gates.
 * Its buckets are named `<deployment>#<stream>|<index>[<values of the keys>]`.
 */
export type BucketSource = {
  readonly stream: string;
  readonly index: number;
  /** Their values make the bucket's parameters, in this order. At most one is a lookup. */
  readonly keys: readonly BucketKey[];
  /** All must hold for a token to be given the bucket. */
  readonly gates: readonly { readonly text: string; readonly claim: string }[];
};

/** Which rows of a table go into buckets of a source, and with which columns. */
export type TableQuery = {
  readonly source: BucketSource;
  readonly table: string;
  readonly columns: readonly string[];
  /** Columns whose values make the bucket's parameters, in the order of the source's keys. */
  readonly keyColumns: readonly string[];
  /** Columns that must be null. */
  readonly nulls: readonly string[];
};

export type StreamPlan = {
  readonly name: string;
  readonly isDefault: boolean;
  readonly priority: number;
  readonly sources: readonly BucketSource[];
};

export type SyncPlan = {
  readonly streams: readonly StreamPlan[];
  readonly queriesByTable: ReadonlyMap<string, readonly TableQuery[]>;
  readonly lookups: readonly Lookup[];
  readonly lookupsByTable: ReadonlyMap<string, readonly Lookup[]>;
  /** The same for two configurations that mean the same, whatever their spelling. */
  readonly meaning: string;
};

export type BucketValue = string | number;

/** The name of the bucket of these parameter values, or null where a value cannot name one. */
export function bucketName(
  deployment: string,
  source: BucketSource,
  values: readonly unknown[],
): string | null {
  const key = valuesKey(values);
  return key === null ? null : bucketPrefix(deployment, source) + key;
}

export function bucketPrefix(deployment: string, source: BucketSource): string {
  return `${deployment}#${source.stream}|${source.index}`;
}

/** Values as one text, the same for the same values only; null where one of them matches nothing. */
export function valuesKey(values: readonly unknown[]): string | null {
  if (!values.every(isBucketValue)) return null;
  const key = JSON.stringify(values);
  return key.length > keyLengthAtMost ? null : key;
}

/** A lookup under certain values, as one text. */
export function lookupName(lookupId: number, key: string): string {
  return `${lookupId}${key}`;
}

/** Text and whole numbers that JavaScript keeps exactly; anything else matches nothing. */
export function isBucketValue(value: unknown): value is BucketValue {
  return typeof value === 'string' || (typeof value === 'number' && Number.isSafeInteger(value));
}

/** Keys and names of buckets stand in indexes of PostgreSQL, which refuse an entry of more than 2,704 bytes. */
export const keyLengthAtMost = 600;
