import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { createSyncTokenVerifier, type VerifySyncToken } from './verify-sync-token.ts';

const now = 1_795_000_000;
const good = {
  iss: 'https://kit.example',
  aud: 'eventkit-sync',
  sub: 'user',
  iat: now,
  exp: now + 300,
  tenant_id: 't',
  device_id: 'd',
  permissions: ['inventory:read'],
};
type Keys = Awaited<ReturnType<typeof generateKeyPair>>;
let keys: Keys;
let strange: Keys;
let verify: VerifySyncToken;

beforeAll(async () => {
  keys = await generateKeyPair('ES256');
  strange = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k', alg: 'ES256', use: 'sig' };
  verify = createSyncTokenVerifier({
    keys: createLocalJWKSet({ keys: [jwk] }),
    issuer: 'https://kit.example',
    nowMs: () => now * 1000,
  });
});

function sign(claims: object, header: object = {}, key = keys): Promise<string> {
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'k', ...header })
    .sign(key.privateKey);
}

test('[SY1] a token of the profile opens the stream, with its claims', async () => {
  expect(await verify(await sign(good))).toEqual({ ok: true, claims: good });
});

const { sub: _sub, ...nobody } = good;
const { exp: _exp, ...endless } = good;
const { tenant_id: _tenant, ...homeless } = good;
test.each([
  ['another audience', { ...good, aud: 'eventkit-api' }, {}],
  ['another issuer', { ...good, iss: 'https://evil.example' }, {}],
  ['an ID token', good, { typ: 'JWT' }],
  ['no user', nobody, {}],
  ['no end', endless, {}],
  ['no tenant', homeless, {}],
  ['expired', { ...good, iat: now - 400, exp: now - 100 }, {}],
  ['issued tomorrow', { ...good, iat: now + 86_400, exp: now + 86_700 }, {}],
  ['issued long ago', { ...good, iat: now - 86_400 }, {}],
  ['too long a life', { ...good, exp: now + 3600 }, {}],
  ['an unknown key', good, { kid: 'other' }],
])('[SY1] refused: %s', async (_, claims, header) => {
  expect(await verify(await sign(claims, header))).toMatchObject({ ok: false });
});

test('[SY1] refused: another signature, no algorithm, no token', async () => {
  const [header = '', payload = ''] = (await sign(good)).split('.');
  const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
  for (const token of [
    await sign(good, {}, strange),
    `${none}.${payload}.`,
    `${header}.${payload}.AAAA`,
    'x',
  ])
    expect(await verify(token)).toMatchObject({ ok: false });
});
