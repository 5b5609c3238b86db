import { createLocalJWKSet, exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { verifyAccessToken } from './verify-access-token.ts';

const ISSUER = 'https://id.example.test';
const AUDIENCE = 'eventkit-api';
const NOW_S = 1_795_000_000;
const clock = { wallMs: () => NOW_S * 1000 };

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;
let own: Keys;
let foreign: Keys;
let keys: ReturnType<typeof createLocalJWKSet>;

beforeAll(async () => {
  own = await generateKeyPair('ES256', { extractable: true });
  foreign = await generateKeyPair('ES256', { extractable: true });
  keys = createLocalJWKSet({
    keys: [{ ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }],
  });
});

type Parts = {
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  without?: string[];
  key?: CryptoKey | Uint8Array;
};

function tokenOf({ header = {}, claims = {}, without = [], key = own.privateKey as CryptoKey }: Parts = {}) {
  const payload: Record<string, unknown> = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: 'user-1',
    iat: NOW_S - 10,
    exp: NOW_S + 290,
    email: 'anna@example.test',
    email_verified: true,
    ...claims,
  };
  for (const name of without) delete payload[name];
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'at+jwt', ...header })
    .sign(key);
}

function verify(token: string) {
  return verifyAccessToken({ keys, issuer: ISSUER, audience: AUDIENCE, clock }, token);
}

describe('the token that is ours', () => {
  test('is accepted, with the subject and the verified e-mail address', async () => {
    expect(await verify(await tokenOf())).toMatchObject({
      ok: true,
      value: { issuer: ISSUER, subject: 'user-1', verifiedEmail: 'anna@example.test' },
    });
  });

  test('says nothing of an e-mail address that the provider did not verify', async () => {
    expect(await verify(await tokenOf({ claims: { email_verified: false } }))).toMatchObject({
      value: { verifiedEmail: null },
    });
  });

  test('is accepted when its clocks differ by less than 30 s', async () => {
    expect((await verify(await tokenOf({ claims: { iat: NOW_S + 25 } }))).ok).toBe(true);
    expect((await verify(await tokenOf({ claims: { exp: NOW_S - 25 } }))).ok).toBe(true);
  });
});

describe('tokens that are refused', () => {
  const table: readonly (readonly [string, () => Promise<string> | string])[] = [
    ['another audience', () => tokenOf({ claims: { aud: 'eventkit-sync' } })],
    ['another issuer', () => tokenOf({ claims: { iss: 'https://evil.example.test' } })],
    ['an ID token in place of an access token', () => tokenOf({ header: { typ: 'JWT' } })],
    ['no exp', () => tokenOf({ without: ['exp'] })],
    ['iat a day ahead', () => tokenOf({ claims: { iat: NOW_S + 86_400, exp: NOW_S + 86_700 } })],
    [
      'alg none',
      () =>
        new UnsecuredJWT({
          iss: ISSUER,
          aud: AUDIENCE,
          sub: 'user-1',
          iat: NOW_S,
          exp: NOW_S + 300,
        }).encode(),
    ],
    [
      'HS256 signed with the public key',
      async () =>
        tokenOf({
          header: { alg: 'HS256' },
          key: new TextEncoder().encode(await exportSPKI(own.publicKey as CryptoKey)),
        }),
    ],
    ['expired', () => tokenOf({ claims: { iat: NOW_S - 400, exp: NOW_S - 31 } })],
    ['an unknown key id', () => tokenOf({ header: { kid: 'k2' } })],
    ['a signature by another key', () => tokenOf({ key: foreign.privateKey as CryptoKey })],
    ['no sub', () => tokenOf({ without: ['sub'] })],
    // Beyond the eleven of the table:
    ['an empty sub', () => tokenOf({ claims: { sub: '' } })],
    [
      'older than an hour, whatever its exp',
      () => tokenOf({ claims: { iat: NOW_S - 3700, exp: NOW_S + 3600 } }),
    ],
    ['no iat', () => tokenOf({ without: ['iat'] })],
    ['no type', () => tokenOf({ header: { typ: undefined } })],
    [
      'its own key in the header',
      async () =>
        tokenOf({
          header: { kid: undefined, jwk: await exportJWK(foreign.publicKey) },
          key: foreign.privateKey as CryptoKey,
        }),
    ],
    ['not a token at all', () => 'abc.def.ghi'],
  ];
  test.each(table)('%s', async (_what, make) => {
    expect(await verify(await make())).toMatchObject({ ok: false, error: { tag: 'token_refused' } });
  });
});

test('keys that cannot be fetched are not held against the token', async () => {
  const broken = () => Promise.reject(new Error('connect ECONNREFUSED'));
  const verifying = verifyAccessToken(
    { keys: broken, issuer: ISSUER, audience: AUDIENCE, clock },
    await tokenOf(),
  );
  await expect(verifying).rejects.toThrow('ECONNREFUSED');
});
