import type { Brand } from './brand.ts';

/**
 * A moment in UTC as `YYYY-MM-DDTHH:MM:SS.ffffffZ`, the text that PostgreSQL's timestamptz becomes on every
 * device. Text order is time order. The last three digits are the counter of the hybrid logical clock.
 */
export type Instant = Brand<string, 'Instant'>;

const CANONICAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

export function isInstant(text: string): text is Instant {
  return CANONICAL.test(text);
}

/** Whole microseconds since 1970 as an instant. Throws outside the years 0 to 9999. */
export function instantOfMicros(micros: bigint): Instant {
  const rest = Number(micros % 1000n);
  const counter = rest < 0 ? rest + 1000 : rest;
  return instantOf(Number((micros - BigInt(counter)) / 1000n), counter);
}

/** The same of a field that may be left out. */
export function instantOrNull(micros: bigint | undefined): Instant | null {
  return micros === undefined ? null : instantOfMicros(micros);
}

/** Whole or fractional milliseconds since 1970, cut to microseconds. */
export function instantOfMs(ms: number): Instant {
  const micros = Math.floor(ms * 1000);
  const wholeMs = Math.floor(micros / 1000);
  return instantOf(wholeMs, micros - wholeMs * 1000);
}

/** Whole milliseconds since 1970, and 0 to 999 microseconds on top of them. */
function instantOf(ms: number, counter: number): Instant {
  const text = new Date(ms).toISOString();
  if (text.length !== 24) throw new RangeError(`instant out of range: ${ms} ms`);
  return `${text.slice(0, 23)}${String(counter).padStart(3, '0')}Z` as Instant;
}

export function microsOf(instant: Instant): bigint {
  return BigInt(Date.parse(`${instant.slice(0, 23)}Z`)) * 1000n + BigInt(instant.slice(23, 26));
}

/** Milliseconds since 1970, the counter dropped. */
export function msOf(instant: Instant): number {
  return Date.parse(`${instant.slice(0, 23)}Z`);
}

export function laterOf(a: Instant, b: Instant): Instant {
  return a >= b ? a : b;
}
