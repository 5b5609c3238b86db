const FIRST_MS = 1_000;
/**
 * Whatever was wrong, all is to be sent 30 s after it is mended (docs/features.md), the waiting and the work together. A
 * thousand devices then ask a server that is ill some 130 times a second, and are told so without any work.
 */
const LONGEST_MS = 10_000;

/**
 * How long to wait after so many failures in a row (1 or more): doubling, half of it by chance, so that a hall full
 * of devices does not come back in the same second. `random` is 0 to 1.
 */
export function backOffMs(failureCount: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failureCount - 1, 10));
  return full * (0.5 + random / 2);
}
