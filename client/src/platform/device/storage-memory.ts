import type { TenantId } from '@eventkit/shared/kernel/ids.ts';
import { isUuid } from '@eventkit/shared/kernel/ids.ts';
import type { TextStore } from '#platform/session/remembered-session.ts';

/** How far the local storage had come when it was last looked at. */
export type RememberedStorage = {
  readonly epoch: string;
  /** The last number that was given in it; 0 before the first. */
  readonly lastSequence: number;
  /** How many of its operations had no verdict yet. */
  readonly waitingCount: number;
};

/** Remembers the local storage beside it, so that its loss is noticed and can be counted. */
export type StorageMemory = {
  recall(): RememberedStorage | null;
  note(storage: RememberedStorage): void;
};

/**
 * Browsers clear the file storage and the small texts of a page by different rules: where the texts are left, they
 * tell what went. Several tabs note the same storage; the furthest number counts.
 */
export function createStorageMemory(store: TextStore, tenantId: TenantId): StorageMemory {
  const key = `eventkit.storage.${tenantId}`;
  const recall = () => parse(store.getItem(key));
  let noted: RememberedStorage | null = null;
  return {
    recall,
    note(storage) {
      // Told of everything that happens, mostly of nothing new: the store is read and written on the main thread.
      if (noted !== null && isSame(noted, storage)) return;
      const known = recall();
      const isOlder = known?.epoch === storage.epoch && known.lastSequence > storage.lastSequence;
      try {
        if (!isOlder && (known === null || !isSame(known, storage)))
          store.setItem(key, JSON.stringify(storage));
        noted = storage;
      } catch {
        // Full or withheld: a loss is counted less exactly, by what the server knows. Work goes on.
      }
    },
  };
}

function isSame(a: RememberedStorage, b: RememberedStorage): boolean {
  return a.epoch === b.epoch && a.lastSequence === b.lastSequence && a.waitingCount === b.waitingCount;
}

function parse(text: string | null): RememberedStorage | null {
  if (text === null) return null;
  try {
    const { epoch, lastSequence, waitingCount } = Object(JSON.parse(text)) as Record<string, unknown>;
    if (typeof epoch !== 'string' || !isUuid(epoch) || !isCount(lastSequence) || !isCount(waitingCount)) {
      return null;
    }
    return { epoch, lastSequence, waitingCount };
  } catch {
    // Written by nobody we know.
    return null;
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
