import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { API_AUDIENCE } from '#auth/authentication.ts';
import type { IdentityProvider } from '#auth/identity-provider.ts';
import { type Claims, noClaims, readProviderWord } from '#auth/provider-claims.ts';

export type TestProvider = IdentityProvider & {
  /** An access token as the real one would sign it. */
  accessToken(user: { readonly id: string; readonly email: string }, claims?: Claims): Promise<string>;
};

/** A provider in memory: signs tokens for whom the test says. It has no pages. */
export async function createTestProvider(): Promise<TestProvider> {
  const issuer = 'https://id.example.test';
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256' }] });
  return {
    issuer,
    clientId: 'eventkit',
    keys,
    authorizationUrl: async () => new URL(`${issuer}/authorize`),
    redeem: async () => ({ ok: false, error: { tag: 'sign_in_failed', reason: 'no pages' } }),
    reach: async () => undefined,
    refresh: async (tokens) => ({
      ok: true,
      value: { ...tokens, told: { accessToken: '', claims: null, subject: null } },
    }),
    rolesNow: async () => null,
    wordOf: (claims) => readProviderWord(noClaims, [claims]),
    revoke: async () => undefined,
    signOutUrl: async () => null,
    accessToken: ({ id, email }, claims) =>
      new SignJWT({ ...claims, email, email_verified: true })
        .setProtectedHeader({ alg: 'ES256', kid: 'test', typ: 'at+jwt' })
        .setIssuer(issuer)
        .setAudience(API_AUDIENCE)
        .setSubject(`subject of ${id}`)
        .setIssuedAt()
        .setExpirationTime('5 minutes')
        .sign(privateKey),
  };
}
