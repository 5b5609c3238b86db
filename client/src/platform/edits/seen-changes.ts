import { type Instant, isInstant } from '@eventkit/shared/kernel/instant.ts';

type Memory = Pick<Storage, 'getItem' | 'setItem'>;

const keyOf = (eventId: string) => `eventkit.plan-read.${eventId}`;

/** Up to when somebody on this device has read what others changed on an event's list; null where nobody has. */
export function readSeenAt(memory: Memory, eventId: string): Instant | null {
  const kept = memory.getItem(keyOf(eventId));
  return kept !== null && isInstant(kept) ? kept : null;
}

/** A device without room for it merely shows the banner again. */
export function writeSeenAt(memory: Memory, eventId: string, at: Instant): void {
  try {
    memory.setItem(keyOf(eventId), at);
  } catch {
    return;
  }
}
