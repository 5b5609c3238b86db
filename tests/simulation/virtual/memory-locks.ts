/** Locks that a transaction holds until its end; who comes later waits in line. */
export type Locks = {
  /** Alone, or shared with others who share it. Whoever has it has it already. */
  take(owner: symbol, key: string, how?: { readonly isShared: boolean }): Promise<void>;
  releaseAll(owner: symbol): void;
  /** The database died: nobody holds anything, and who waited waits for ever. */
  forgetAll(): void;
};

type Waiting = { readonly owner: symbol; readonly isShared: boolean; readonly go: () => void };
type Lock = { readonly holders: Set<symbol>; isShared: boolean; readonly waiting: Waiting[] };

export function createLocks(): Locks {
  let locksByKey = new Map<string, Lock>();
  let keysByOwner = new Map<symbol, string[]>();
  const note = (owner: symbol, key: string) => {
    const keys = keysByOwner.get(owner);
    if (keys === undefined) keysByOwner.set(owner, [key]);
    else keys.push(key);
  };
  return {
    async take(owner, key, { isShared } = { isShared: false }) {
      const lock = locksByKey.get(key) ?? { holders: new Set(), isShared, waiting: [] };
      locksByKey.set(key, lock);
      if (lock.holders.has(owner)) return;
      note(owner, key);
      await new Promise<void>((go) => {
        lock.waiting.push({ owner, isShared, go });
        letIn(lock);
      });
    },
    releaseAll(owner) {
      for (const key of keysByOwner.get(owner) ?? []) {
        const lock = locksByKey.get(key);
        if (lock === undefined || !lock.holders.delete(owner)) continue;
        letIn(lock);
        if (lock.holders.size === 0) locksByKey.delete(key);
      }
      keysByOwner.delete(owner);
    },
    forgetAll() {
      locksByKey = new Map();
      keysByOwner = new Map();
    },
  };
}

/** In the order in which they came: who wants it alone is not passed by others who share it. */
function letIn(lock: Lock): void {
  for (let next = lock.waiting[0]; next !== undefined; next = lock.waiting[0]) {
    const isFree = lock.holders.size === 0;
    if (!isFree && !(lock.isShared && next.isShared)) return;
    lock.isShared = next.isShared;
    lock.holders.add(next.owner);
    lock.waiting.shift();
    next.go();
  }
}
