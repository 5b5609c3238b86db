import { createHash } from 'node:crypto';

/**
 * What is kept of a secret: its SHA-256, for secrets of 256 random bits need no slow hash.
 * It is no way to keep what people choose themselves.
 */
export function hashOfSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
