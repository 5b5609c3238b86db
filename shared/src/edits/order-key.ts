const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';
const BASE = DIGITS.length;

/** The longest that the wire takes; a thousand insertions at one spot stay below it. */
export const LONGEST_ORDER_KEY = 250;

const ORDER_KEY = /^[0-9a-z]{0,249}[1-9a-z]$/;

/** A fraction between nothing and one in base 36, without zeros at its end: text order is the order of the list. */
export function isOrderKey(text: string): boolean {
  return ORDER_KEY.test(text);
}

/**
 * [FE15] A key after `before` and before `after`; null stands for the ends of the list. Two devices may come to the
 * same key: rows with one key are ordered by their ids. Throws where `before` is not before `after`.
 */
export function orderKeyBetween(before: string | null, after: string | null): string {
  if (before !== null && after !== null && before >= after) {
    throw new RangeError(`${before} is not before ${after}`);
  }
  if (after === null) return followerOf(before ?? '');
  return midpointOf(before ?? '', after);
}

/** [FE15] Keys for a list that is written down as a whole, in its order, with room between any two. */
export function orderKeysFor(count: number): string[] {
  const width = Math.max(2, (count + 1).toString(BASE).length + 1);
  return Array.from({ length: count }, (_, index) => {
    const digits = (index + 1).toString(BASE).padStart(width - 1, '0');
    return `${digits}${digitAt(BASE / 2)}`;
  });
}

/** Close behind, so that a list that only grows at its end keeps short keys. */
function followerOf(key: string): string {
  for (let at = 0; at < key.length; at += 1) {
    const digit = valueAt(key, at);
    if (digit < BASE - 1) return `${key.slice(0, at)}${digitAt(digit + 1)}`;
  }
  return `${key}${digitAt(1)}`;
}

function midpointOf(before: string, after: string): string {
  let same = 0;
  while (same < after.length && valueAt(before, same) === valueAt(after, same)) same += 1;
  const prefix = after.slice(0, same);
  const low = valueAt(before, same);
  const high = valueAt(after, same);
  if (high - low > 1) return `${prefix}${digitAt(Math.floor((low + high) / 2))}`;
  if (after.length > same + 1) return `${prefix}${digitAt(high)}`;
  return `${prefix}${digitAt(low)}${behind(before.slice(same + 1))}`;
}

/** Half-way from the rest of a key to the end, so that there is room on both sides. */
function behind(rest: string): string {
  const digit = valueAt(rest, 0);
  if (digit < BASE - 1) return digitAt(Math.ceil((digit + BASE) / 2));
  return `${digitAt(digit)}${behind(rest.slice(1))}`;
}

/** Behind its end a key goes on with zeros. */
function valueAt(key: string, index: number): number {
  return index < key.length ? DIGITS.indexOf(key.charAt(index)) : 0;
}

function digitAt(value: number): string {
  return DIGITS.charAt(value);
}
