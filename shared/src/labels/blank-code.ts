/** The letters and figures of a blank label: nothing that a person takes for something else, all of them in the small
 * alphabet of QR codes. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** How many of them follow the prefix: forty bits, so that two devices never print one code. */
export const BLANK_LETTERS = 8;

/** What a prefix may be: short, and readable by every scanner. */
const PREFIX = /^[0-9A-Z][0-9A-Z-]{0,7}$/;

/** [LB8] The code of a label that belongs to nothing yet. `random` has a byte for each letter. */
export function blankCode(prefix: string, random: Uint8Array): string {
  if (random.length !== BLANK_LETTERS) throw new Error(`a blank code takes ${BLANK_LETTERS} random bytes`);
  const letters = [...random].map((byte) => LETTERS[byte % LETTERS.length]).join('');
  return `${prefix}-${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** A prefix as it was typed, in capitals; null where no code can begin with it. */
export function blankPrefixOf(typed: string): string | null {
  const prefix = typed.trim().toUpperCase();
  return PREFIX.test(prefix) ? prefix : null;
}
