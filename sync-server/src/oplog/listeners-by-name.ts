/** Who waits for news of which names. */
export class ListenersByName<Listener> {
  readonly #byName = new Map<string, Set<Listener>>();

  /** Returns how to end it. */
  add(names: readonly string[], listener: Listener): () => void {
    for (const name of names) {
      const listeners = this.#byName.get(name) ?? new Set();
      listeners.add(listener);
      this.#byName.set(name, listeners);
    }
    return () => {
      for (const name of names) {
        const listeners = this.#byName.get(name);
        listeners?.delete(listener);
        if (listeners?.size === 0) this.#byName.delete(name);
      }
    };
  }

  /** Whoever waits for one of these names, each once. */
  of(names: Iterable<string>): Set<Listener> {
    const found = new Set<Listener>();
    for (const name of names) for (const listener of this.#byName.get(name) ?? []) found.add(listener);
    return found;
  }

  /** Everybody, each once. */
  all(): Set<Listener> {
    return this.of(this.#byName.keys());
  }
}
