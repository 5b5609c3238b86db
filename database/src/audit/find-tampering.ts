import { type Entry, MARK_BYTES } from './entries.ts';

export type EntryName = Pick<Entry, 'source' | 'id'>;

/** What was done to the first entry that does not fit. */
export type Tampering = {
  readonly problem: 'changed' | 'removed' | 'inserted';
  /** Null where it is gone, and was only known by a part of its hash. */
  readonly entry: EntryName | null;
  /** The last entry before it that fits; null where it is the first of its link. */
  readonly after: EntryName | null;
};

/** Compares what a link said of its entries with the entries that there are. To be asked where they differ. */
export function findTampering(marks: Buffer, entries: readonly Entry[]): Tampering {
  const expected = Array.from({ length: marks.length / MARK_BYTES }, (_, index) =>
    marks.subarray(index * MARK_BYTES, (index + 1) * MARK_BYTES).toString('hex'),
  );
  const found = entries.map(({ hash }) => hash.subarray(0, MARK_BYTES).toString('hex'));
  let at = 0;
  while (at < expected.length && found[at] === expected[at]) at += 1;
  const after = nameOf(entries[at - 1]);
  const entry = nameOf(entries[at]);
  if (at >= found.length) return { problem: 'removed', entry: null, after };
  const isKnownLater = at < expected.length && found.includes(expected[at] ?? '', at + 1);
  if (at >= expected.length || isKnownLater) return { problem: 'inserted', entry, after };
  return expected.includes(found[at] ?? '', at + 1)
    ? { problem: 'removed', entry: null, after }
    : { problem: 'changed', entry, after };
}

function nameOf(entry: Entry | undefined): EntryName | null {
  return entry === undefined ? null : { source: entry.source, id: entry.id };
}
