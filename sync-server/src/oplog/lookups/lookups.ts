import { ListenersByName } from '#oplog/listeners-by-name.ts';

/** Who waits for which lookup to find something else, and who is reading what they found at which operation. */
export class Lookups {
  readonly #listeners = new ListenersByName<() => void>();
  readonly #reads = new Set<{ readonly head: number }>();

  /** Calls whenever what one of these lookups finds may have changed. */
  listen(names: readonly string[], onChange: () => void): () => void {
    return this.#listeners.add(names, onChange);
  }

  /** Tells whoever listens; `null` where it is not known what has changed. */
  publish(changed: Iterable<string> | null): void {
    const woken = changed === null ? this.#listeners.all() : this.#listeners.of(changed);
    for (const listener of woken) listener();
  }

  /** Runs `read`, during which what was removed after `head` is kept. */
  async reading<T>(head: number, read: () => Promise<T>): Promise<T> {
    const mark = { head };
    this.#reads.add(mark);
    try {
      return await read();
    } finally {
      this.#reads.delete(mark);
    }
  }

  /** What was removed at or before this is looked at by nobody, where readers begin at `head` or later. */
  horizon(head: number): number {
    return Math.min(head, ...[...this.#reads].map((read) => read.head));
  }
}
