import type { Permission } from './roles.ts';

const LEAST_DIGITS = 4;
const LEAST_DIGITS_TO_APPROVE = 6;

/** How many digits a PIN has at least: more for who may put things into the books. */
export function leastPinDigits(held: readonly Permission[]): number {
  return held.includes('stocktakes:approve') ? LEAST_DIGITS_TO_APPROVE : LEAST_DIGITS;
}

const FREE_TRIES = 3;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;

/**
 * How long the next PIN has to wait after so many wrong ones in a row: the first few are slips, then it doubles up to an
 * hour. All of four digits then take longer than a year.
 */
export function waitAfterWrongPins(wrongCount: number): number {
  if (wrongCount < FREE_TRIES) return 0;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (wrongCount - FREE_TRIES));
}
