/** Time that passes only from one event to the next; the one thing that moves a simulated world. */
export type VirtualTime = {
  /** True time, milliseconds since 1970. */
  nowMs(): number;
  /** Runs once after `ms`; what is due at one instant runs in the order in which it was asked for. */
  after(ms: number, run: () => void): () => void;
  wait(ms: number): Promise<void>;
  /** Lets events happen until none is due up to then, or until told that it is enough. */
  runUntil(endMs: number, isEnough?: () => boolean): Promise<void>;
  /** How many events have happened. */
  eventCount(): number;
};

type Event = { readonly atMs: number; readonly order: number; run: (() => void) | null };

/** Captured before anything is simulated: everything that an event set off is done when the next turn begins. */
const nextTurn = globalThis.setImmediate;

export function createVirtualTime(startMs: number): VirtualTime {
  const queue = createEventQueue();
  let now = startMs;
  let order = 0;
  let count = 0;
  const after = (ms: number, run: () => void) => {
    order += 1;
    const event: Event = { atMs: now + Math.max(0, ms), order, run };
    queue.push(event);
    return () => {
      event.run = null;
    };
  };
  return {
    nowMs: () => now,
    after,
    wait: (ms) => new Promise((resolve) => after(ms, resolve)),
    async runUntil(endMs, isEnough = () => false) {
      for (;;) {
        await new Promise((resolve) => nextTurn(resolve));
        if (isEnough()) return;
        const event = queue.popUntil(endMs);
        if (event === null) break;
        now = event.atMs;
        count += 1;
        event.run?.();
      }
      now = Math.max(now, endMs);
    },
    eventCount: () => count,
  };
}

/** A binary heap; what was called off is passed over. */
function createEventQueue() {
  const heap: Event[] = [];
  const isBefore = (a: Event, b: Event) => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
  const swap = (i: number, j: number) => {
    const [a, b] = [heap[i], heap[j]];
    if (a === undefined || b === undefined) throw new Error('outside of the heap');
    heap[i] = b;
    heap[j] = a;
  };
  const at = (index: number): Event => heap[index] as Event;

  const pop = () => {
    const first = at(0);
    const last = heap.pop() as Event;
    if (heap.length === 0) return first;
    heap[0] = last;
    for (let parent = 0; ; ) {
      const left = 2 * parent + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const child = right < heap.length && isBefore(at(right), at(left)) ? right : left;
      if (!isBefore(at(child), at(parent))) break;
      swap(child, parent);
      parent = child;
    }
    return first;
  };
  return {
    push(event: Event) {
      heap.push(event);
      for (let child = heap.length - 1; child > 0; ) {
        const parent = (child - 1) >> 1;
        if (!isBefore(at(child), at(parent))) break;
        swap(child, parent);
        child = parent;
      }
    },
    popUntil(endMs: number): Event | null {
      for (;;) {
        const first = heap[0];
        if (first === undefined || first.atMs > endMs) return null;
        pop();
        if (first.run !== null) return first;
      }
    },
  };
}
