import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import type { SignInChecks } from './identity-provider.ts';

/** What must come back from the provider, and where the person wanted to go. */
export type SignInTicket = SignInChecks & { readonly returnTo: string };

export const SIGN_IN_LIFETIME_S = 600;

/** Sealed for the sign-in cookie: the browser carries it and can neither read nor change it. */
export function sealSignIn(key: Uint8Array, ticket: SignInTicket): Promise<string> {
  return new EncryptJWT({ ...ticket })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setIssuedAt()
    .setExpirationTime(`${SIGN_IN_LIFETIME_S} s`)
    .encrypt(key);
}

/** Null for one that expired, or that another key sealed. */
export async function openSignIn(key: Uint8Array, sealed: string): Promise<SignInTicket | null> {
  try {
    const { payload } = await jwtDecrypt(sealed, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    const [state, nonce, codeVerifier, returnTo] = ['state', 'nonce', 'codeVerifier', 'returnTo'].map(
      (name) => String(payload[name]),
    ) as [string, string, string, string];
    return { state, nonce, codeVerifier, returnTo };
  } catch (thrown) {
    if (thrown instanceof errors.JOSEError) return null;
    throw thrown;
  }
}

/** A path within the app; anything that could lead elsewhere becomes the start page. */
export function safeReturnPath(wanted: string | undefined): string {
  if (wanted === undefined || !wanted.startsWith('/')) return '/';
  const base = 'http://app.invalid';
  if (!URL.canParse(wanted, base)) return '/';
  const { origin, pathname, search, hash } = new URL(wanted, base);
  // Resolved dots can leave two slashes in front, which name a host to whoever reads the path anew.
  return origin === base && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/';
}
