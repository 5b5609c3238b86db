/** What a lookup finds in a row: under the values of its key columns the value, each as JSON. */
export type LookupRow = { readonly lookup: number; readonly key: string; readonly value: string };

/** A lookup row with the source row that it comes from. */
export type SourcedLookupRow = LookupRow & { readonly table: string; readonly sourceKey: string };

export type LookupChanges = {
  readonly added: readonly SourcedLookupRow[];
  readonly removed: readonly SourcedLookupRow[];
};

/** What must be changed so that each source row is found exactly as given. A source row comes once. */
export function planLookups(
  rows: readonly { readonly table: string; readonly key: string; readonly lookups: readonly LookupRow[] }[],
  currentOf: (table: string, key: string) => readonly LookupRow[],
): LookupChanges {
  const added: SourcedLookupRow[] = [];
  const removed: SourcedLookupRow[] = [];
  for (const { table, key: sourceKey, lookups } of rows) {
    const current = currentOf(table, sourceKey);
    const sourced = (row: LookupRow): SourcedLookupRow => ({ ...row, table, sourceKey });
    for (const old of current) if (!lookups.some((row) => isSame(row, old))) removed.push(sourced(old));
    for (const row of lookups) if (!current.some((old) => isSame(row, old))) added.push(sourced(row));
  }
  return { added, removed };
}

function isSame(a: LookupRow, b: LookupRow): boolean {
  return a.lookup === b.lookup && a.key === b.key && a.value === b.value;
}
