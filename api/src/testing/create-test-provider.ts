import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { API_AUDIENCE } from '#auth/authentication.ts';
import type { IdentityProvider } from '#auth/identity-provider.ts';

export type TestProvider = IdentityProvider & {
  /** An access token as the real one would sign it. */
  accessToken(user: { readonly id: string; readonly email: string }): Promise<string>;
};

/** A provider in memory: signs tokens for whom the test says. It has no pages. */
export async function createTestProvider(): Promise<TestProvider> {
  const issuer = 'https://id.example.test';
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256' }] });
  return {
    issuer,
    keys,
    authorizationUrl: async () => new URL(`${issuer}/authorize`),
    redeem: async () => ({ ok: false, error: { tag: 'sign_in_failed', reason: 'no pages' } }),
    reach: async () => undefined,
    refresh: async (tokens) => ({ ok: true, value: tokens }),
    revoke: async () => undefined,
    signOutUrl: async () => null,
    accessToken: ({ id, email }) =>
      new SignJWT({ email, email_verified: true })
        .setProtectedHeader({ alg: 'ES256', kid: 'test', typ: 'at+jwt' })
        .setIssuer(issuer)
        .setAudience(API_AUDIENCE)
        .setSubject(`subject of ${id}`)
        .setIssuedAt()
        .setExpirationTime('5 minutes')
        .sign(privateKey),
  };
}
