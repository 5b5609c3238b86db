import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { createRemoteJWKSet, decodeJwt, type JWTVerifyGetKey } from 'jose';
import * as oidc from 'openid-client';
import type { Identity } from './find-user-of.ts';
import {
  type ClaimSettings,
  type Claims,
  isAllTold,
  noClaims,
  type ProviderWord,
  readProviderWord,
} from './provider-claims.ts';
import { verifiedEmailOf } from './verify-access-token.ts';

export type IdentityProviderSettings = {
  /** Exactly as the provider writes it into its tokens. */
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a public client; PKCE is used either way. */
  readonly clientSecret: string | null;
  /** True where every sign-in asks who it is, instead of going on as whoever signed in last. */
  readonly asksEveryTime: boolean;
  /** What is asked for, with spaces between; all that there usually is unless said. */
  readonly scope?: string | null;
  /** What is decided there beside who somebody is; nothing unless said. */
  readonly claims?: ClaimSettings;
};

export type SignedIn = Identity & {
  readonly idToken: string | null;
  readonly refreshToken: string | null;
  /** The provider's own session, as it is named when it ends; null where the provider names none. */
  readonly sid: string | null;
};

/** What one sign-in must bring back. */
export type SignInChecks = { readonly state: string; readonly nonce: string; readonly codeVerifier: string };

export type SignInFailed = { readonly tag: 'sign_in_failed'; readonly reason: string };

/** Tokens of somebody who may still sign in, in exchange for older ones. */
export type Refreshed = { readonly refreshToken: string; readonly idToken: string | null };

/** What came with them, to be asked about the person. */
export type Told = {
  readonly accessToken: string;
  /** Of the new ID token; null where none came. */
  readonly claims: Claims | null;
  readonly subject: string | null;
};

/** The provider will not have this person any more: signed out there, blocked, or the token was taken back. */
export type RefreshRefused = { readonly tag: 'refresh_refused'; readonly reason: string };

export type IdentityProvider = {
  readonly issuer: string;
  /** Who we are there: the audience of ID tokens and logout tokens. */
  readonly clientId: string;
  /** Fetches the provider's metadata anew. Throws where it cannot be had, or belongs to another issuer. */
  reach(): Promise<void>;
  /**
   * Asks whether the person of these tokens may still sign in; uses the refresh token up where the provider rotates.
   * Throws where the provider cannot be reached or has troubles of its own.
   */
  refresh(tokens: Refreshed): Promise<Result<Refreshed & { readonly told: Told }, RefreshRefused>>;
  /** The person's roles by what was told just now; null where they are not the provider's matter. Throws as `refresh`. */
  rolesNow(told: Told): Promise<readonly string[] | null>;
  /** What the claims of an access token decide. */
  wordOf(claims: Claims): ProviderWord;
  /** Where to send the browser. Throws where the provider cannot be reached. */
  authorizationUrl(checks: SignInChecks, redirectUri: URL): Promise<URL>;
  /** The person behind the code in `answer`, the full address that the browser came back to. */
  redeem(checks: SignInChecks, answer: URL): Promise<Result<SignedIn, SignInFailed>>;
  /** Makes a refresh token worthless, where the provider can. Throws where it cannot be reached. */
  revoke(refreshToken: string): Promise<void>;
  /** Where to send the browser to end the provider's own session; null where there is nothing to end. */
  signOutUrl(idToken: string | null, returnTo: URL): Promise<URL | null>;
  /** The keys that access tokens are signed with, fetched again at most once a minute for an unknown key id. */
  readonly keys: JWTVerifyGetKey;
};

const USUAL_SCOPE = 'openid profile email offline_access';
const REFETCH_AFTER_MS = 60_000;
const ANSWER_WITHIN_S = 10;

/** Talks to any OpenID provider; its metadata is fetched at the first need, and again after a failure. */
export function connectIdentityProvider(settings: IdentityProviderSettings): IdentityProvider {
  const { claims: wanted = noClaims } = settings;
  const configuration = onceUnlessFailed(() => discover(settings));
  const keySet = onceUnlessFailed(async () => {
    const { jwks_uri: address } = (await configuration()).serverMetadata();
    if (address === undefined) throw new Error(`${settings.issuer} names no jwks_uri`);
    return createRemoteJWKSet(new URL(address), { cooldownDuration: REFETCH_AFTER_MS });
  });
  return {
    issuer: settings.issuer,
    clientId: settings.clientId,
    async reach() {
      await discover(settings);
    },
    async refresh({ refreshToken, idToken }) {
      const provider = await configuration();
      try {
        const tokens = await oidc.refreshTokenGrant(provider, refreshToken);
        const claims = tokens.claims() ?? null;
        const subject = idToken === null ? null : (decodeJwt(idToken).sub ?? null);
        if (claims !== null && subject !== null && claims.sub !== subject) {
          return err({ tag: 'refresh_refused', reason: 'the tokens are of another person' });
        }
        return ok({
          refreshToken: tokens.refresh_token ?? refreshToken,
          idToken: tokens.id_token ?? idToken,
          told: { accessToken: tokens.access_token, claims, subject: claims?.sub ?? subject },
        });
      } catch (thrown) {
        // Only this says something of the person; the other errors tell of the provider or of our registration there.
        if (thrown instanceof oidc.ResponseBodyError && thrown.error === 'invalid_grant') {
          return err({ tag: 'refresh_refused', reason: thrown.error_description ?? thrown.error });
        }
        throw thrown;
      }
    },
    async rolesNow({ accessToken, claims, subject }) {
      if (wanted.rolesClaim === null) return null;
      const rolesOnly = { ...wanted, tenantClaim: null };
      const sources = claims === null ? [] : [claims];
      if (claims === null || !isAllTold(rolesOnly, claims)) {
        const userInfo = await userInfoOf(await configuration(), accessToken, subject);
        if (userInfo !== null) sources.push(userInfo);
      }
      return readProviderWord(rolesOnly, sources).roleNames;
    },
    wordOf: (claims) => readProviderWord(wanted, [claims]),
    async authorizationUrl({ state, nonce, codeVerifier }, redirectUri) {
      return oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri.href,
        scope: settings.scope ?? USUAL_SCOPE,
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        ...(settings.asksEveryTime ? { prompt: 'login' } : {}),
      });
    },
    async redeem({ state, nonce, codeVerifier }, answer) {
      const provider = await configuration();
      try {
        const tokens = await oidc.authorizationCodeGrant(provider, answer, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (claims === undefined) return err({ tag: 'sign_in_failed', reason: 'no ID token' });
        const userInfo =
          claims['email'] !== undefined && isAllTold(wanted, claims)
            ? null
            : await userInfoOf(provider, tokens.access_token, claims.sub);
        const sources = userInfo === null ? [claims] : [claims, userInfo];
        return ok({
          issuer: claims.iss,
          subject: claims.sub,
          verifiedEmail: verifiedEmailOf(sources.find(({ email }) => email !== undefined) ?? claims),
          ...readProviderWord(wanted, sources),
          idToken: tokens.id_token ?? null,
          refreshToken: tokens.refresh_token ?? null,
          sid: typeof claims['sid'] === 'string' ? claims['sid'] : null,
        });
      } catch (thrown) {
        // Everything that the provider or the browser may answer wrongly; a network that is gone is not theirs.
        if (isAnswerAtFault(thrown)) return err({ tag: 'sign_in_failed', reason: thrown.message });
        throw thrown;
      }
    },
    async revoke(refreshToken) {
      const provider = await configuration();
      if (provider.serverMetadata().revocation_endpoint === undefined) return;
      await oidc.tokenRevocation(provider, refreshToken, { token_type_hint: 'refresh_token' });
    },
    async signOutUrl(idToken, returnTo) {
      const provider = await configuration();
      if (settings.asksEveryTime || provider.serverMetadata().end_session_endpoint === undefined) return null;
      return oidc.buildEndSessionUrl(provider, {
        post_logout_redirect_uri: returnTo.href,
        ...(idToken === null ? {} : { id_token_hint: idToken }),
      });
    },
    keys: async (header, token) => (await keySet())(header, token),
  };
}

/** Many providers leave the e-mail address, and Keycloak roles, out of the ID token: they tell them here. */
async function userInfoOf(
  provider: oidc.Configuration,
  accessToken: string,
  subject: string | null,
): Promise<Claims | null> {
  if (provider.serverMetadata().userinfo_endpoint === undefined) return null;
  return oidc.fetchUserInfo(provider, accessToken, subject ?? oidc.skipSubjectCheck);
}

async function discover({
  issuer,
  clientId,
  clientSecret,
}: IdentityProviderSettings): Promise<oidc.Configuration> {
  const authentication = clientSecret === null ? oidc.None() : bySecret(clientSecret);
  // Plain http is for the provider that runs in this process and for tries on one machine.
  const execute = [
    oidc.enableNonRepudiationChecks,
    ...(issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : []),
  ];
  return oidc.discovery(new URL(issuer), clientId, undefined, authentication, {
    execute,
    timeout: ANSWER_WITHIN_S,
  });
}

/** In the header as every provider must take it, unless this one says that it takes it in the form only. */
function bySecret(secret: string): oidc.ClientAuth {
  return (server, client, body, headers) => {
    const taken = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const isForm = taken.includes('client_secret_post') && !taken.includes('client_secret_basic');
    const authenticate = isForm ? oidc.ClientSecretPost(secret) : oidc.ClientSecretBasic(secret);
    authenticate(server, client, body, headers);
  };
}

function isAnswerAtFault(thrown: unknown): thrown is Error {
  return (
    thrown instanceof oidc.AuthorizationResponseError ||
    thrown instanceof oidc.ResponseBodyError ||
    thrown instanceof oidc.WWWAuthenticateChallengeError ||
    (thrown instanceof oidc.ClientError && thrown.code !== 'OAUTH_TIMEOUT')
  );
}

function onceUnlessFailed<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make().catch((thrown: unknown) => {
      made = null;
      throw thrown;
    });
    return made;
  };
}
