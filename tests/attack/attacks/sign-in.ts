import type { Attack } from '#attack/attack.ts';
import { findRpcs } from '#attack/rpcs.ts';
import { ask, call } from '#attack/target.ts';

const EVIL = 'https://evil.example';
const returns = [
  '//evil.example',
  '/\\evil.example',
  '/..//evil.example',
  '/.//evil.example',
  '/%2e%2e//evil.example',
  '/\t/evil.example',
  EVIL,
  'javascript:attack()',
  '/x/../..//evil.example',
  '\\\\evil.example',
];

/** Sign-ins that somebody else began, answers of another provider, and ways to lead elsewhere afterwards. */
export const loginTricks: Attack = {
  name: 'login CSRF and mix-up',
  lacks: () => null,
  async run({ target, findings }) {
    const begin = async () => {
      const { headers, status } = await ask(`${target.url}/auth/login`, {});
      const cookie =
        headers
          .getSetCookie()
          .find((each) => each.includes('sign-in'))
          ?.split(';')[0] ?? '';
      const to = new URL(headers.get('location') ?? 'about:blank');
      return { cookie, status, state: to.searchParams.get('state') ?? '', to };
    };
    const [own, other] = [await begin(), await begin()];
    const issuer = `${own.to.origin}${own.to.pathname.replace(/\/auth$/, '')}`;
    const answers: readonly (readonly [what: string, cookie: string, query: Record<string, string>])[] = [
      ['no sign-in was begun here', '', { code: 'x', state: own.state, iss: issuer }],
      ["somebody else's state", own.cookie, { code: 'x', state: other.state, iss: issuer }],
      ['no state', own.cookie, { code: 'x', iss: issuer }],
      ['another issuer', own.cookie, { code: 'x', state: own.state, iss: EVIL }],
      ['no issuer', own.cookie, { code: 'x', state: own.state }],
      [
        'a forged cookie',
        `${own.cookie.split('=')[0]}=${'a'.repeat(80)}`,
        { code: 'x', state: own.state, iss: issuer },
      ],
      [
        'tokens in the address',
        own.cookie,
        { access_token: target.admin.token, id_token: target.admin.token, state: own.state },
      ],
      ['a code of nobody', own.cookie, { code: "' OR 1=1 --", state: own.state, iss: issuer }],
      ['two states', own.cookie, { code: 'x', state: `${own.state}&state=${other.state}`, iss: issuer }],
    ];
    for (const [what, cookie, query] of answers) {
      findings.tried();
      const request = `/auth/callback?${new URLSearchParams(query)}`;
      const { status, headers } = await ask(`${target.url}${request}`, {
        headers: { cookie, accept: 'text/html' },
      });
      const session = headers.getSetCookie().find((each) => /^(__Host-)?eventkit=[^;]+/.test(each));
      if (session !== undefined || status < 400)
        findings.breach(
          `${what}: GET ${request}`,
          `signed somebody in: ${status} ${session ?? headers.get('location')}`,
        );
    }
    for (const path of returns) {
      findings.tried();
      const { headers } = await ask(`${target.url}/auth/login?return=${encodeURIComponent(path)}`, {
        headers: { host: 'evil.example' },
      });
      const location = headers.get('location') ?? '';
      if (/evil/.test(new URL(location, target.url).host))
        findings.breach(`/auth/login?return=${path} for the host evil.example`, `leads to ${location}`);
    }
  },
};

/** What pages of other sites can make a signed-in browser send. */
export const crossSite: Attack = {
  name: 'calls from other sites',
  lacks: ({ signIn }) => (signIn === null ? 'a signed-in browser' : null),
  async run({ target, findings }) {
    if (target.signIn === null) return;
    const { cookie } = await target.signIn('/');
    const origins: readonly Record<string, string>[] = [
      { origin: EVIL, 'sec-fetch-site': 'cross-site' },
      { origin: EVIL },
      { origin: 'null' },
      { origin: `${target.url}.evil.example` },
      {
        origin: new URL(target.url).origin
          .replace('http', 'ftp')
          .replace('localhost', 'localhost.evil.example'),
      },
      { 'sec-fetch-site': 'same-site', origin: 'http://other.localhost' },
      { 'sec-fetch-site': 'cross-site' },
      {},
    ];
    for (const { name, isRead } of await findRpcs()) {
      for (const headers of origins) {
        findings.tried();
        const { status, text } = await call(target, name, { headers: { cookie, ...headers } });
        if (status !== 403)
          findings.breach(
            `${name} with the cookie and ${JSON.stringify(headers)}`,
            `${isRead ? 'a read' : 'a write'} was answered: ${status} ${text.slice(0, 200)}`,
          );
      }
    }
    for (const headers of origins) {
      findings.tried();
      const { status } = await ask(`${target.url}/auth/logout`, {
        method: 'POST',
        headers: { cookie, ...headers },
      });
      if (status !== 403)
        findings.breach(
          `POST /auth/logout with ${JSON.stringify(headers)}`,
          `signed somebody out: ${status}`,
        );
    }
    for (const path of returns) {
      findings.tried();
      const { host } = await target.signIn(path);
      if (host !== new URL(target.url).host)
        findings.breach(`/auth/login?return=${path}`, `leads to ${host} after signing in`);
    }
    const me = await call(target, 'eventkit.v1.AuthService/GetMe', {
      headers: { cookie, origin: target.url, 'sec-fetch-site': 'same-origin' },
    });
    if (me.status !== 200) throw new Error(`the cookie opens nothing at all: ${me.status} ${me.text}`);
  },
};
