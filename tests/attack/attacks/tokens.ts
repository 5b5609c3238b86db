import { createHmac, createPublicKey } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import type { Attack, AttackOptions } from '#attack/attack.ts';
import { findRpcs } from '#attack/rpcs.ts';
import { someOf } from '#attack/some-of.ts';
import { call, type Target } from '#attack/target.ts';

type Forgery = readonly [what: string, token: string];

/** Tokens that prove nothing, at every RPC: forged by whoever has seen a good one, or once. */
export const forgedTokens: Attack = {
  name: 'forged tokens',
  lacks: ({ admin }) =>
    admin.token.split('.').length === 3 ? null : 'an access token; a key of a program is no JWT',
  async run(options) {
    await tryAll(options, await forgeriesOf(options.target));
  },
};

/** Good signatures of the provider under claims that were made for something else, or for another time. */
export const misusedTokens: Attack = {
  name: 'expired and misdirected tokens',
  lacks: ({ sign }) => (sign === null ? 'the key of the provider' : null),
  async run(options) {
    const { target } = options;
    if (target.sign === null) return;
    const nowS = Math.floor(Date.now() / 1000);
    const { sign } = target;
    const forgeries: Forgery[] = [
      ['expired', await sign({ claims: { iat: nowS - 900, exp: nowS - 300 } })],
      ['another audience', await sign({ claims: { aud: 'eventkit-sync' } })],
      ['no audience', await sign({ claims: { aud: undefined } })],
      ['another issuer', await sign({ claims: { iss: 'https://evil.example' } })],
      ['an ID token', await sign({ header: { typ: 'JWT' }, claims: { aud: 'eventkit-web', nonce: 'n' } })],
      ['an ID token for our audience', await sign({ header: { typ: 'JWT' } })],
      ['not valid yet', await sign({ claims: { nbf: nowS + 3600 } })],
      ['made tomorrow', await sign({ claims: { iat: nowS + 86_400, exp: nowS + 86_700 } })],
      ['without end', await sign({ claims: { exp: undefined } })],
      ['for a year', await sign({ claims: { iat: nowS - 7200, exp: nowS + 31_536_000 } })],
      ['of nobody', await sign({ claims: { sub: '' } })],
      ['of somebody unknown', await sign({ claims: { sub: 'unknown', email: 'nobody@nowhere.test' } })],
    ];
    if (target.foreigner !== null)
      // An address that the provider does not vouch for must not lead to whose it is.
      forgeries.push([
        'of an address that nobody verified',
        await sign({
          claims: {
            sub: 'unknown',
            email: String(claimsOf(target.foreigner.token)['email']),
            email_verified: false,
          },
        }),
      ]);
    if (target.syncToken !== null) forgeries.push(['a token of the sync stream', await target.syncToken()]);
    await tryAll(options, forgeries);
    // That all were refused proves something only where the same hand can make one that is taken.
    const good = await call(target, 'eventkit.v1.AuthService/GetMe', { token: await sign({}) });
    if (good.status !== 200) throw new Error(`the good one was refused too: ${good.status} ${good.text}`);
  },
};

async function tryAll(
  { target, random, findings, callCount }: AttackOptions,
  forgeries: readonly Forgery[],
): Promise<void> {
  const rpcs = await findRpcs();
  const all = forgeries.flatMap(([what, token]) => rpcs.map(({ name }) => ({ what, token, name })));
  for (const { what, token, name } of someOf(random, all, callCount)) {
    findings.tried();
    const { status, text } = await call(target, name, { token });
    if (status !== 401)
      findings.breach(`${name} with a token: ${what}\n${token}`, `${status} ${text.slice(0, 200)}`);
  }
  // A key or token in the address would be in every log on the way.
  findings.tried();
  const { token } = target.admin;
  const inUrl = await call(target, `eventkit.v1.AuthService/GetMe?access_token=${token}&token=${token}`, {});
  if (inUrl.status !== 401)
    findings.breach('GetMe with the token in its address', `${inUrl.status} ${inUrl.text}`);
}

async function forgeriesOf(target: Target): Promise<Forgery[]> {
  const good = target.admin.token;
  const [header = '', payload = '', signature = ''] = good.split('.');
  const claims = claimsOf(good);
  const head = decodeProtectedHeader(good);
  const own = await generateKeyPair('ES256', { extractable: true });
  const ownJwk = await exportJWK(own.publicKey);
  const signed = (more: Record<string, unknown>) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'ES256', ...head, ...more }).sign(own.privateKey);
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const forgeries: Forgery[] = [
    [
      'another signature',
      `${header}.${payload}.${signature.replace(/^.{8}/, (start) => [...start].reverse().join(''))}`,
    ],
    ['no signature', `${header}.${payload}.`],
    [
      'other claims under its signature',
      `${header}.${encode({ ...claims, sub: 'somebody else' })}.${signature}`,
    ],
    ['alg none', new UnsecuredJWT(claims).encode()],
    ['alg None', `${encode({ ...head, alg: 'None' })}.${payload}.`],
    ['alg none with its signature', `${encode({ ...head, alg: 'none' })}.${payload}.${signature}`],
    ['signed by another key', await signed({})],
    ['a key of its own in the header', await signed({ jwk: ownJwk })],
    ['a key to be fetched', await signed({ jku: `${target.url}/.well-known/jwks.json`, kid: 'theirs' })],
    ['an unknown key', await signed({ kid: '../../../../dev/null' })],
    ['an ES256 signature of zeros', `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`],
    ['five parts', `${good}.x.y`],
    ['nothing', 'x'],
  ];
  for (const jwk of await publicKeysOf(target)) {
    const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    for (const secret of [pem, String(pem).trim(), JSON.stringify(jwk)]) {
      const unsigned = `${encode({ ...head, alg: 'HS256' })}.${payload}`;
      const mac = createHmac('sha256', secret).update(unsigned).digest('base64url');
      forgeries.push(['HS256 with the public key', `${unsigned}.${mac}`]);
    }
  }
  return forgeries;
}

function claimsOf(token: string): Record<string, unknown> {
  return { ...decodeJwt(token) };
}

/** The keys that anybody may have: of our own tokens, and of the provider where it stands beside us. */
async function publicKeysOf({ url }: Target): Promise<JsonWebKey[]> {
  const sets = await Promise.all(
    ['/.well-known/jwks.json', '/oidc/jwks'].map(async (path) => {
      const answer = await fetch(`${url}${path}`);
      return answer.ok && answer.headers.get('content-type')?.includes('json')
        ? ((await answer.json()) as { keys?: JsonWebKey[] })
        : {};
    }),
  );
  return sets.flatMap(({ keys = [] }) => keys);
}
