import { randomBytes } from 'node:crypto';

/** How every key begins, so that people and scanners of leaked secrets know one when they see it. */
const MARK = 'ek_';
const SECRET_BYTES = 32;
const SHAPE = new RegExp(`^${MARK}[\\w-]{${Math.ceil((SECRET_BYTES * 4) / 3)}}$`);
const SHOWN_LENGTH = MARK.length + 6;

/** A new secret: 256 random bits. */
export function newApiKeySecret(): string {
  return MARK + randomBytes(SECRET_BYTES).toString('base64url');
}

export function isApiKeySecret(text: string): boolean {
  return SHAPE.test(text);
}

/** How it begins, to tell keys apart in a list. */
export function prefixOf(secret: string): string {
  return secret.slice(0, SHOWN_LENGTH);
}
