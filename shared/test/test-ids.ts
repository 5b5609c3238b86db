import { type Instant, instantOfMs } from '#kernel/instant.ts';

/** Readable, well-formed ids: the n-th of its kind. */
export function testId<Id extends string>(kind: keyof typeof digits, n: number): Id {
  return `0190000${digits[kind]}-0000-7000-8000-${String(n).padStart(12, '0')}` as Id;
}

const digits = {
  asset: 'a',
  attachment: '5',
  case: 'c',
  device: 'd',
  epoch: 'b',
  event: 'e',
  line: '1',
  list: '6',
  location: '2',
  operation: '0',
  product: '3',
  user: '4',
  vehicle: '5',
} as const;

/** That many seconds into a working day. */
export function testInstant(seconds: number): Instant {
  return instantOfMs(Date.UTC(2026, 5, 1, 8) + seconds * 1000);
}
