import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import * as oidc from 'openid-client';
import { openKeyFolder } from '#auth/key-folder.ts';
import { makeLoginTicket } from './login-ticket.ts';
import {
  API_RESOURCE,
  CLI_CLIENT_ID,
  CLI_REDIRECT_URI,
  LOGIN_PATH,
  MOUNT_PATH,
  TICKET_KEY_NAME,
} from './provider-settings.ts';

/** The provider did not sign this user in: the message says at which step and why. */
export class TicketSignInError extends Error {
  override readonly name = 'TicketSignInError';
}

const MOST_REDIRECTS = 8;

/**
 * An access token for the API by the whole code flow with PKCE against the embedded provider at `publicUrl`. The
 * login page takes a ticket in place of a click; only who can read `folder` can make one.
 */
export async function signInWithTicket(
  capabilities: { readonly clock: Pick<Clock, 'wallMs'> },
  { publicUrl, folder, email }: { readonly publicUrl: URL; readonly folder: string; readonly email: string },
): Promise<string> {
  const issuer = new URL(`${publicUrl.origin}${MOUNT_PATH}`);
  const provider = await oidc.discovery(issuer, CLI_CLIENT_ID, undefined, oidc.None(), {
    execute: [
      oidc.enableNonRepudiationChecks,
      ...(issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : []),
    ],
  });
  const checks = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
  };
  const start = oidc.buildAuthorizationUrl(provider, {
    redirect_uri: CLI_REDIRECT_URI,
    scope: 'openid email api',
    resource: API_RESOURCE,
    state: checks.state,
    nonce: checks.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(checks.verifier),
    code_challenge_method: 'S256',
  });
  const key = await openKeyFolder(folder).secret(TICKET_KEY_NAME);
  const ticket = await makeLoginTicket(key, email, capabilities.clock);
  const answer = await walk(start, ticket);
  const tokens = await oidc.authorizationCodeGrant(
    provider,
    answer,
    { expectedState: checks.state, expectedNonce: checks.nonce, pkceCodeVerifier: checks.verifier },
    { resource: API_RESOURCE },
  );
  return tokens.access_token;
}

/** Follows the redirects as a browser would, with the ticket on the login page, until they leave for the client. */
async function walk(start: URL, ticket: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let url = start;
  for (let step = 0; step < MOST_REDIRECTS; step += 1) {
    if (url.href.startsWith(CLI_REDIRECT_URI)) return url;
    const isLogin = url.pathname.startsWith(LOGIN_PATH);
    const response = await fetch(url, {
      method: isLogin ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(isLogin ? { body: new URLSearchParams({ ticket }) } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const next = response.headers.get('location');
    if (next === null) throw new TicketSignInError(refusalText(url, response.status));
    url = new URL(next, url);
  }
  throw new TicketSignInError(`the provider at ${start.origin} redirects without end`);
}

function refusalText(url: URL, status: number): string {
  return status === 403
    ? 'the embedded provider knows no such user, or does not share this data folder'
    : `the embedded provider answered ${status} at ${url.pathname}`;
}
