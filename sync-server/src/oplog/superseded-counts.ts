/** How many operations of which segment were superseded: few numbers, also for a transaction of a million rows. */
export class SupersededCounts {
  readonly #byBucket = new Map<string, Map<number, number>>();

  /** One more, of the segment that ends at `opId`, or `opId` itself where it is in none. */
  add(bucket: string, opId: number): void {
    const counts = this.#byBucket.get(bucket) ?? new Map<number, number>();
    counts.set(opId, (counts.get(opId) ?? 0) + 1);
    this.#byBucket.set(bucket, counts);
  }

  *[Symbol.iterator](): Iterator<{ readonly bucket: string; readonly opId: number; readonly count: number }> {
    for (const [bucket, counts] of this.#byBucket)
      for (const [opId, count] of counts) yield { bucket, opId, count };
  }
}
