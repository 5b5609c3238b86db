/**
 * One kind of bucket: the rows of a stream that are told apart by the same claims and guarded by the same gates.
 * Its buckets are named `<deployment>#<stream>|<index>[<claim values>]`.
 */
export type BucketSource = {
  readonly stream: string;
  readonly index: number;
  /** Claims whose values make the bucket's parameters, in this order. */
  readonly claims: readonly string[];
  /** All must hold for a token to be given the bucket. */
  readonly gates: readonly { readonly text: string; readonly claim: string }[];
};

/** Which rows of a table go into buckets of a source, and with which columns. */
export type TableQuery = {
  readonly source: BucketSource;
  readonly table: string;
  readonly columns: readonly string[];
  /** Columns whose values make the bucket's parameters, in the order of the source's claims. */
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
  if (!values.every(isBucketValue)) return null;
  return `${deployment}#${source.stream}|${source.index}${JSON.stringify(values)}`;
}

/** Text and whole numbers that JavaScript keeps exactly; anything else matches nothing. */
function isBucketValue(value: unknown): value is BucketValue {
  return typeof value === 'string' || (typeof value === 'number' && Number.isSafeInteger(value));
}
