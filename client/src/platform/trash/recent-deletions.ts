/** What was deleted on this screen of this device, so that it can be taken back where the record was. */
const itemIdsByRecord = new Map<string, string>();
const listeners = new Set<() => void>();

/** The deletion that took a record here; null where it was not deleted here, or is back. */
export function recentDeletionOf(recordId: string): string | null {
  return itemIdsByRecord.get(recordId) ?? null;
}

/** Null: it was brought back. */
export function noteDeletion(recordId: string, itemId: string | null): void {
  if (itemId === null) itemIdsByRecord.delete(recordId);
  else itemIdsByRecord.set(recordId, itemId);
  for (const listener of listeners) listener();
}

export function onDeletions(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
