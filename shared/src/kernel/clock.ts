import { type Instant, instantOfMicros, instantOfMs, microsOf } from './instant.ts';

/** Milliseconds since 1970, as the machine believes, and since some fixed start that never jumps. */
export type Clock = {
  wallMs(): number;
  monotonicMs(): number;
};

/**
 * The next instant of a hybrid logical clock: now, but never at or before anything issued or seen.
 * One microsecond is one step of the counter. Source: Kulkarni et al., "Logical Physical Clocks", 2014.
 */
export function nextInstant(nowMs: number, seen: readonly (Instant | null)[]): Instant {
  const now = instantOfMs(Math.floor(nowMs));
  const latest = seen.reduce<Instant | null>((a, b) => (a === null || (b !== null && b > a) ? b : a), null);
  return latest === null || now > latest ? now : instantOfMicros(microsOf(latest) + 1n);
}
