import type { HistoryEntry } from './read-history.ts';

/**
 * What this device shows with what the server told: each fact once, newest first. The device's own entry stands, as it
 * follows every scan; names that it does not know come from the server.
 */
export function mergeHistory(
  ours: readonly HistoryEntry[],
  theirs: readonly HistoryEntry[],
): readonly HistoryEntry[] {
  if (theirs.length === 0) return ours;
  const theirsById = new Map(theirs.map((entry) => [entry.id, entry]));
  const completed = ours.map((entry) => {
    const told = theirsById.get(entry.id);
    return told ? { ...entry, who: entry.who ?? told.who, device: entry.device ?? told.device } : entry;
  });
  const ourIds = new Set(ours.map(({ id }) => id));
  const others = theirs.filter(({ id }) => !ourIds.has(id));
  return [...completed, ...others].toSorted((a, b) => {
    if (a.effectiveAt === b.effectiveAt) return 0;
    return a.effectiveAt < b.effectiveAt ? 1 : -1;
  });
}
