type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What a person said of a notification on this device, and the stream has not given back yet. */
export type PendingRead = {
  readonly id: string;
  readonly isRead: boolean;
  /** `read_at` as it was when they said so: once it is another one, the stream knows better. */
  readonly saw: string | null;
  /** True where they had said something else just before: the stream brings that first. */
  readonly isSecondThought: boolean;
  readonly isSent: boolean;
};

/** What waits on this device of one person, newest of each notification; it outlives the page. */
export type PendingReads = {
  /** The same array until something changes. */
  current(): readonly PendingRead[];
  put(reads: readonly Omit<PendingRead, 'isSent' | 'isSecondThought'>[]): void;
  /** The server has these very ones; nothing happens where another one has taken the place of one meanwhile. */
  noteSent(reads: readonly PendingRead[]): void;
  /** What can never be sent is given up, and what the stream has answered is done with. */
  drop(reads: readonly PendingRead[]): void;
  subscribe(listener: () => void): () => void;
};

/** What was sent in an earlier life of the page has come down since, or will. */
export function openPendingReads(memory: Memory, userId: string): PendingReads {
  const place = `eventkit.reads.${userId}`;
  const listeners = new Set<() => void>();
  let reads = readKept(memory, place).filter(({ isSent }) => !isSent);

  const set = (next: readonly PendingRead[]) => {
    reads = [...next];
    try {
      if (reads.length === 0) memory.removeItem(place);
      else memory.setItem(place, JSON.stringify(reads));
    } catch {
      // A device without room for it keeps them until the page is closed.
    }
    for (const listener of listeners) listener();
  };
  return {
    current: () => reads,
    put(added) {
      const ids = new Set(added.map(({ id }) => id));
      const before = new Set(reads.map(({ id }) => id));
      set([
        ...reads.filter(({ id }) => !ids.has(id)),
        ...added.map((one) => ({ ...one, isSecondThought: before.has(one.id), isSent: false })),
      ]);
    },
    noteSent: (sent) => set(reads.map((one) => (sent.includes(one) ? { ...one, isSent: true } : one))),
    drop: (dropped) => set(reads.filter((one) => !dropped.includes(one))),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function readKept(memory: Memory, place: string): PendingRead[] {
  const kept: unknown = JSON.parse(memory.getItem(place) ?? '[]');
  return Array.isArray(kept) ? (kept as PendingRead[]) : [];
}
