import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { PendingLayout } from './layout.ts';

type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Changes of a person's layouts that wait on this device, the newest of each; they outlive the page. */
export type PendingLayouts = {
  /** The same array until something changes. */
  current(): readonly PendingLayout[];
  put(change: PendingLayout): void;
  /** The server has this very change; nothing happens where another one has taken its place meanwhile. */
  noteSent(change: PendingLayout, standsAt: Instant): void;
  /** What can never be sent is given up. */
  drop(change: PendingLayout): void;
  subscribe(listener: () => void): () => void;
};

/** What was sent in an earlier life of the page has come down since, or will. */
export function openPendingLayouts(memory: Memory, userId: string): PendingLayouts {
  const place = `eventkit.layouts.${userId}`;
  const listeners = new Set<() => void>();
  let changes = read(memory, place).filter(({ standsAt }) => standsAt === null);

  const set = (next: readonly PendingLayout[]) => {
    changes = [...next];
    try {
      if (changes.length === 0) memory.removeItem(place);
      else memory.setItem(place, JSON.stringify(changes));
    } catch {
      // A device without room for it keeps the change until the page is closed.
    }
    for (const listener of listeners) listener();
  };
  return {
    current: () => changes,
    put: (change) => set([...changes.filter(({ key }) => key !== change.key), change]),
    noteSent: (change, standsAt) =>
      set(changes.map((one) => (one === change ? { ...change, standsAt } : one))),
    drop: (change) => set(changes.filter((one) => one !== change)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function read(memory: Memory, place: string): PendingLayout[] {
  const kept: unknown = JSON.parse(memory.getItem(place) ?? '[]');
  return Array.isArray(kept) ? (kept as PendingLayout[]) : [];
}
