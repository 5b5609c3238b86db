import { createHash } from 'node:crypto';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';

export type CallKind = 'devices' | 'screens';

/** Who was told to wait, by what they bring and not by who they are: to know that, the database would have to be asked. */
export type RefusedCredentials = {
  note(header: Headers, kind: CallKind, retryAfterMs: number): void;
  /** How long they still have to wait; 0 where they need not. */
  waitMs(header: Headers, kind: CallKind): number;
};

const MOST_REMEMBERED = 10_000;

/** The oldest are forgotten first: they are looked at like anybody else again. */
export function createRefusedCredentials(clock: Pick<Clock, 'monotonicMs'>): RefusedCredentials {
  const untilMs = new Map<string, number>();
  return {
    note(header, kind, retryAfterMs) {
      const key = keyOf(header, kind);
      if (key === null) return;
      untilMs.delete(key);
      untilMs.set(key, clock.monotonicMs() + retryAfterMs);
      for (const oldest of untilMs.keys()) {
        if (untilMs.size <= MOST_REMEMBERED) break;
        untilMs.delete(oldest);
      }
    },
    waitMs(header, kind) {
      // Nobody is refused now: no hash for every call.
      if (untilMs.size === 0) return 0;
      const key = keyOf(header, kind);
      const until = key === null ? undefined : untilMs.get(key);
      if (key === null || until === undefined) return 0;
      const waitMs = until - clock.monotonicMs();
      if (waitMs <= 0) untilMs.delete(key);
      return Math.max(0, Math.ceil(waitMs));
    },
  };
}

function keyOf(header: Headers, kind: CallKind): string | null {
  const credential = header.get('authorization') ?? header.get('cookie');
  return credential === null ? null : `${kind} ${createHash('sha256').update(credential).digest('base64')}`;
}
