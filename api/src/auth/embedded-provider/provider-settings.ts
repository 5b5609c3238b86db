import type { Configuration, interactionPolicy, JWK } from 'oidc-provider';
import { API_AUDIENCE } from '#auth/authentication.ts';
import type { DemoAccount } from './demo-account.ts';
import type { ProviderStorage } from './provider-storage.ts';

export const WEB_CLIENT_ID = 'eventkit-web';
export const CLI_CLIENT_ID = 'eventkit-cli';
/** Nothing listens there: the command line reads the code out of the redirect. */
export const CLI_REDIRECT_URI = 'http://127.0.0.1/callback';
/** Named by a client that wants an access token for the API. */
export const API_RESOURCE = 'urn:eventkit:api';
export const MOUNT_PATH = '/oidc';
export const LOGIN_PATH = `${MOUNT_PATH}/login`;
/** Names the secret in the key folder that makes login tickets. */
export const TICKET_KEY_NAME = 'login-ticket';

const DAY_S = 86_400;
const API_SCOPE = 'api';

/** Code flow with PKCE, rotating refresh tokens, JWT access tokens for the API, no consent for our own clients. */
export function providerSettings(capabilities: {
  /** The prompts of the library as they are at first. */
  readonly prompts: interactionPolicy.DefaultPolicy;
  readonly publicUrl: URL;
  readonly signingKey: JWK;
  readonly cookieKey: string;
  readonly clientSecret: string;
  readonly storage: ProviderStorage;
  readonly findAccount: (id: string) => DemoAccount | undefined;
}): Configuration {
  const {
    prompts: policy,
    publicUrl,
    signingKey,
    cookieKey,
    clientSecret,
    storage,
    findAccount,
  } = capabilities;
  policy.remove('consent');
  return {
    adapter: storage.adapter,
    jwks: { keys: [signingKey] },
    cookies: { keys: [cookieKey] },
    clients: [
      {
        client_id: WEB_CLIENT_ID,
        client_secret: clientSecret,
        token_endpoint_auth_method: 'client_secret_basic',
        redirect_uris: [new URL('/auth/callback', publicUrl).href],
        post_logout_redirect_uris: [new URL('/', publicUrl).href],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        id_token_signed_response_alg: 'ES256',
      },
      {
        client_id: CLI_CLIENT_ID,
        token_endpoint_auth_method: 'none',
        application_type: 'native',
        redirect_uris: [CLI_REDIRECT_URI],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    scopes: ['openid', 'offline_access', 'profile', 'email'],
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    interactions: { policy, url: (_context, { uid }) => `${LOGIN_PATH}/${uid}` },
    findAccount: (_context, id) => {
      const account = findAccount(id);
      if (account === undefined) return undefined;
      const { name, email } = account;
      return { accountId: id, claims: () => ({ sub: id, name, email, email_verified: true }) };
    },
    extraTokenClaims: (_context, token) => {
      const account = 'accountId' in token ? findAccount(String(token.accountId)) : undefined;
      return account === undefined ? undefined : { email: account.email, email_verified: true };
    },
    async loadExistingGrant(context) {
      const { client, provider, session } = context.oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile email offline_access');
      grant.addResourceScope(API_RESOURCE, API_SCOPE);
      await grant.save();
      return grant;
    },
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    ttl: {
      AccessToken: 3600,
      AuthorizationCode: 60,
      IdToken: 3600,
      Interaction: 600,
      Grant: 14 * DAY_S,
      RefreshToken: 14 * DAY_S,
      Session: DAY_S,
    },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          scope: API_SCOPE,
          audience: API_AUDIENCE,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
      revocation: {
        enabled: true,
        allowedPolicy: (_context, client, token) => token.clientId === client.clientId,
      },
      rpInitiatedLogout: { enabled: false },
    },
  };
}
