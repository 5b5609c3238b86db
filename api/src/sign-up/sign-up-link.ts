import { randomBytes, timingSafeEqual } from 'node:crypto';
import { isUuid } from '@eventkit/shared/kernel/ids.ts';
import { hashOfSecret } from '#auth/hash-of-secret.ts';

/** Which request a link is of, and the secret that proves that its mail was read. */
export type SignUpLink = { readonly id: string; readonly secret: string };

export const SIGN_UP_PATH = '/auth/sign-up';

/** A link with a new secret, and what is kept of it. */
export function newSignUpLink(id: string): { readonly path: string; readonly hash: Buffer } {
  const secret = randomBytes(32).toString('base64url');
  return { path: `${SIGN_UP_PATH}/${id}.${secret}`, hash: hashOfSecret(secret) };
}

/** The last part of such a path; null for what cannot be one. */
export function readSignUpLink(text: string): SignUpLink | null {
  const [id = '', secret = '', ...rest] = text.split('.');
  if (rest.length > 0 || !isUuid(id) || !/^[\w-]{43}$/.test(secret)) return null;
  return { id: id.toLowerCase(), secret };
}

/** Whether the secret is the one that was mailed. */
export function fitsLink({ secret }: SignUpLink, hash: Buffer | null): boolean {
  return hash !== null && timingSafeEqual(hashOfSecret(secret), hash);
}
