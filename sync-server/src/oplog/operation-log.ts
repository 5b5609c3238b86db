/** One operation of a bucket: the row's content, or null where the row leaves the bucket. */
export type LoggedOp = {
  readonly opId: number;
  readonly table: string;
  readonly rowId: string;
  readonly checksum: number;
  readonly data: string | null;
};

/** The operations of a range, and what remains of those that later operations have superseded. */
export type OpRange = {
  readonly ops: readonly LoggedOp[];
  readonly dropped: Dropped | null;
};

export type Dropped = {
  /** A number of the range that no live operation has, from which on nothing is dropped; and the sum of all their checksums modulo 2^32. */
  readonly opId: number;
  readonly checksum: number;
  /** The newest operation that superseded one of them: a checkpoint before it lacks these rows. */
  readonly supersededBy: number;
};

/** Sum of checksums modulo 2^32. */
export function addChecksums(a: number, b: number): number {
  return (a + b) >>> 0;
}
