/** A value that changes, and those who want to know. Listeners are told after the change, in order of subscribing. */
export type Observable<T> = {
  current(): T;
  /** Returns how to stop listening. The present value is not told. */
  subscribe(listener: (value: T) => void): () => void;
};

export type WritableObservable<T> = Observable<T> & { set(value: T): void };

/** `isSame` spares the listeners news that are none; by default identity. */
export function createObservable<T>(
  initial: T,
  isSame: (a: T, b: T) => boolean = Object.is,
): WritableObservable<T> {
  let value = initial;
  const listeners = new Set<(value: T) => void>();
  return {
    current: () => value,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    set(next) {
      if (isSame(value, next)) return;
      value = next;
      for (const listener of [...listeners]) listener(next);
    },
  };
}
