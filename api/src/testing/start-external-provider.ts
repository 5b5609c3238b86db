import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import type { Adapter, AdapterPayload, KoaContextWithOIDC } from 'oidc-provider';
import { loadOidcProvider } from '#auth/embedded-provider/load-oidc-provider.ts';

export type ExternalAccount = {
  readonly email: string;
  readonly isEmailVerified: boolean;
  /** What else its tokens tell, wherever they tell the e-mail address. */
  readonly claims?: Readonly<Partial<Record<'realm_access' | 'company', unknown>>>;
};

/** How this provider differs from the plainest one; read at each request. */
export type ProviderBehaviour = {
  accountsBySubject: Map<string, ExternalAccount>;
  /** `untyped` ones are JWT whose header names no `at+jwt`, as Keycloak and others write them. */
  accessTokens: 'opaque' | 'untyped';
  /** False: the e-mail address is told at the userinfo endpoint only. */
  hasEmailInIdToken: boolean;
  /** What somebody in between makes of the ID token's claims; signed with the provider's own key all the same. */
  forgeIdToken: ((claims: JWTPayload) => JWTPayload) | null;
  /** What the token endpoint fails with, as a provider in trouble does. */
  failTokensWith: number | null;
};

export type ExternalProvider = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly behaviour: ProviderBehaviour;
  /** Grant types that got tokens, and grants that were taken back for a token used twice, in order. */
  readonly events: readonly string[];
  /** Where it may send browsers back to. */
  allowRedirect(uri: string): void;
  /** Tells this address, from server to server, when it ended a session; ID tokens name the session from then on. */
  tellOfSignOuts(uri: string): void;
  /** A logout token as it would sign it, with other claims, or another header, than it would give it. */
  logoutToken(
    claims: Readonly<Record<string, unknown>>,
    header?: JWTHeaderParameters | null,
  ): Promise<string>;
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
};

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const CLIENT_ID = 'eventkit-at-work';
const CLIENT_SECRET = 'a secret of the registration: with signs/that+need=care';

/** A certified OpenID provider on a port of its own, which knows nothing of EventKit but a registered client. */
export async function startExternalProvider(): Promise<ExternalProvider> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'work', alg: 'RS256', use: 'sig' };
  const behaviour: ProviderBehaviour = {
    ...{ accountsBySubject: new Map(), accessTokens: 'opaque', hasEmailInIdToken: true },
    ...{ forgeIdToken: null, failTokensWith: null },
  };
  const redirectUris: string[] = [];
  let signOutUri: string | null = null;
  const events: string[] = [];
  let server = await listen(createServer(), 0);
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;

  const { Provider, interactionPolicy } = await loadOidcProvider();
  const policy = interactionPolicy.base();
  policy.remove('consent');
  const provider = new Provider(issuer, {
    adapter: (model: string) => memoryAdapter(model, () => clientOf(redirectUris, signOutUri)),
    jwks: { keys: [key] },
    cookies: { keys: ['a key for cookies of the test'] },
    scopes: ['openid', 'offline_access', 'profile', 'email'],
    claims: { openid: ['sub', 'realm_access', 'company'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    interactions: { policy, url: (_context, { uid }) => `/sign-in/${uid}` },
    findAccount(_context, subject) {
      const account = behaviour.accountsBySubject.get(subject);
      if (account === undefined) return undefined;
      const email = { email: account.email, email_verified: account.isEmailVerified, ...account.claims };
      return {
        accountId: subject,
        claims: (use) => ({
          sub: subject,
          ...(use === 'id_token' && !behaviour.hasEmailInIdToken ? {} : email),
        }),
      };
    },
    async loadExistingGrant(context) {
      const { client, provider: own, session } = context.oidc;
      const grant = new own.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' });
      grant.addOIDCScope('openid profile email offline_access');
      grant.addResourceScope('urn:work', '');
      await grant.save();
      return grant;
    },
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    ttl: { Interaction: 600, Grant: 3600, Session: 3600, AccessToken: 600, RefreshToken: 3600, IdToken: 600 },
    formats: {
      customizers: {
        jwt(_context, _token, jwt) {
          jwt.header = { typ: 'JWT' };
        },
      },
    },
    // Its own refuses to call addresses of this machine.
    fetch(url, { dispatcher: _dispatcher, ...options } = {}) {
      return fetch(url, options);
    },
    features: {
      backchannelLogout: { enabled: true },
      devInteractions: { enabled: false },
      userinfo: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: (_context, client, token) => token.clientId === client.clientId,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => (behaviour.accessTokens === 'opaque' ? [] : 'urn:work'),
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: '', audience: 'urn:work', accessTokenFormat: 'jwt' }),
      },
    },
  });
  provider.on('grant.success', ({ oidc }) => void events.push(String(oidc.params?.['grant_type'])));
  provider.on('grant.revoked', () => void events.push('revoked'));
  provider.use(async (context: KoaContextWithOIDC, next) => {
    if (context.path === '/token' && behaviour.failTokensWith !== null) {
      context.status = behaviour.failTokensWith;
      return;
    }
    await next();
    if (context.path === '/token') await forge(context.body, behaviour.forgeIdToken, privateKey);
  });
  provider.use(async (context: KoaContextWithOIDC, next) => {
    const subject = /^\/sign-in\/[^/]+\/(.+)$/.exec(context.path)?.[1];
    if (subject === undefined) return next();
    await provider.interactionFinished(context.req, context.res, { login: { accountId: subject } });
    context.respond = false;
  });
  server.on('request', provider.callback());

  return {
    ...{ issuer, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, behaviour, events },
    allowRedirect: (uri) => void redirectUris.push(uri),
    tellOfSignOuts(uri) {
      signOutUri = uri;
    },
    logoutToken(claims, header) {
      const nowS = Math.floor(Date.now() / 1000);
      const usual = { iss: issuer, aud: CLIENT_ID, jti: randomUUID(), iat: nowS, exp: nowS + 120 };
      return new SignJWT({ ...usual, events: { [LOGOUT_EVENT]: {} }, ...claims })
        .setProtectedHeader(header ?? { alg: 'RS256', kid: 'work', typ: 'logout+jwt' })
        .sign(privateKey);
    },
    async goDown() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
    async comeBack() {
      server = await listen(createServer(provider.callback()), port);
    },
  };
}

function clientOf(redirectUris: readonly string[], signOutUri: string | null): AdapterPayload {
  return {
    client_id: CLIENT_ID,
    client_secret: CLIENT_SECRET,
    redirect_uris: [...redirectUris],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    ...(signOutUri === null
      ? {}
      : { backchannel_logout_uri: signOutUri, backchannel_logout_session_required: true }),
  };
}

function memoryAdapter(model: string, client: () => AdapterPayload): Adapter {
  const payloadsById = new Map<string, AdapterPayload>();
  return {
    async upsert(id, payload) {
      payloadsById.set(id, payload);
    },
    find: async (id) => (model === 'Client' && id === CLIENT_ID ? client() : payloadsById.get(id)),
    findByUid: async (uid) => [...payloadsById.values()].find((payload) => payload.uid === uid),
    findByUserCode: async () => undefined,
    async consume(id) {
      const payload = payloadsById.get(id);
      if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      payloadsById.delete(id);
    },
    async revokeByGrantId(grantId) {
      for (const [id, payload] of payloadsById) if (payload.grantId === grantId) payloadsById.delete(id);
    },
  };
}

async function forge(
  body: unknown,
  change: ProviderBehaviour['forgeIdToken'],
  key: CryptoKey,
): Promise<void> {
  const answer = body as { id_token?: string };
  if (change === null || answer.id_token === undefined) return;
  const claims = JSON.parse(Buffer.from(answer.id_token.split('.')[1] ?? '', 'base64url').toString());
  answer.id_token = await new SignJWT(change(claims))
    .setProtectedHeader({ alg: 'RS256', kid: 'work' })
    .sign(key);
}

async function listen(server: Server, port: number): Promise<Server> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
