import { randomBytes } from 'node:crypto';

/** Letters and digits that no scanner and no eye takes for one another; 32 of them, so five bits each. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 26;
/** How every badge begins: a scan of one is told from the label of a thing. */
const MARK = 'EKB-';

/** A new code: 130 random bits and nothing about the person. Short enough for a QR code or Code 128. */
export function newBadgeCode(): string {
  return MARK + Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
