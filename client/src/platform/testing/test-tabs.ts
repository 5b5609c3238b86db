import type { LockPort } from '#platform/sync/leading-tab.ts';
import type { SiblingTabs, TabMessage } from '#platform/sync/sibling-tabs.ts';

/** One lock, as the browser gives it out: in order of asking. */
export function createTestLocks(): LockPort {
  let last: Promise<unknown> = Promise.resolve();
  return {
    request(_name, { signal }, callback) {
      const called = last.then(() => (signal.aborted ? Promise.reject(signal.reason) : callback()));
      last = called.catch(() => undefined);
      return called;
    },
  };
}

/** A channel between tabs, as the browser has it: messages are copies, come later, and never to who sent them. */
export function createTestChannel(): { join(): SiblingTabs } {
  const members = new Set<Set<(message: TabMessage) => void>>();
  return {
    join() {
      const own = new Set<(message: TabMessage) => void>();
      members.add(own);
      return {
        tell(message) {
          const copy = structuredClone(message);
          setImmediate(() => {
            for (const listeners of members) if (listeners !== own) for (const hear of listeners) hear(copy);
          });
        },
        hear(listener) {
          own.add(listener);
          return () => own.delete(listener);
        },
      };
    },
  };
}
