import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Provider } from 'oidc-provider';
import type { Logger } from 'pino';
import type { NodeRoute } from '#app.ts';
import type { IdentityProviderSettings } from '#auth/identity-provider.ts';
import { openKeyFolder } from '#auth/key-folder.ts';
import { pageLanguageOf } from '#auth/page.ts';
import { renderProblemPage } from '#auth/render-problem-page.ts';
import { type PlainBindings, type PlainContext, requestIdIn } from '#http/plain-request.ts';
import type { DemoAccount } from './demo-account.ts';
import { loadOidcProvider } from './load-oidc-provider.ts';
import { renderLoginPage } from './login-page.ts';
import { createTicketReader } from './login-ticket.ts';
import {
  LOGIN_PATH,
  MOUNT_PATH,
  providerSettings,
  TICKET_KEY_NAME,
  WEB_CLIENT_ID,
} from './provider-settings.ts';
import { openProviderStorage } from './provider-storage.ts';

export type EmbeddedProvider = {
  /** Takes everything under /oidc. */
  readonly route: NodeRoute;
  /** How our own sign-in talks to it. */
  readonly settings: IdentityProviderSettings;
  stop(): Promise<void>;
};

/** A real OpenID provider for the demo users, in this process. Its keys and memory lie in `folder`. */
export async function createEmbeddedProvider(capabilities: {
  readonly publicUrl: URL;
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Who may sign in, asked each time. */
  readonly listAccounts: () => Promise<readonly DemoAccount[]>;
}): Promise<EmbeddedProvider> {
  const { publicUrl, folder, clock, log, listAccounts } = capabilities;
  const keys = openKeyFolder(folder);
  const storage = await openProviderStorage(join(folder, 'sessions.json'));
  const issuer = `${publicUrl.origin}${MOUNT_PATH}`;
  const clientSecret = Buffer.from(await keys.secret('web-client')).toString('base64url');
  let accountsById = new Map<string, DemoAccount>();
  const refreshAccounts = async () => {
    const accounts = await listAccounts();
    accountsById = new Map(accounts.map((account) => [account.id, account]));
    return accounts;
  };
  await refreshAccounts();

  const oidc = await loadOidcProvider();
  const provider = new oidc.Provider(
    issuer,
    providerSettings({
      prompts: oidc.interactionPolicy.base(),
      publicUrl,
      signingKey: await keys.signingKey('provider'),
      cookieKey: Buffer.from(await keys.secret('provider-cookies')).toString('base64url'),
      clientSecret,
      storage,
      findAccount: (id) => accountsById.get(id),
    }),
  );
  provider.proxy = publicUrl.protocol === 'https:';
  provider.on('server_error', (_context, error) => log.error({ err: error }, 'embedded provider failed'));

  const readTicket = createTicketReader(await keys.secret(TICKET_KEY_NAME), clock);
  const login = getRequestListener(
    loginRoutes({
      provider,
      isExpired: (error) => error instanceof oidc.errors.SessionNotFound,
      log,
      refreshAccounts,
      readTicket,
    }).fetch as Parameters<typeof getRequestListener>[0],
  );
  const answer = provider.callback();
  return {
    route(request, response) {
      const path = request.url ?? '';
      if (path.startsWith(`${LOGIN_PATH}/`)) void login(request, response);
      else if (path.startsWith(`${MOUNT_PATH}/`)) void answer(mounted(request), response);
      else return false;
      return true;
    },
    settings: { issuer, clientId: WEB_CLIENT_ID, clientSecret, asksEveryTime: true },
    stop: () => storage.flush(),
  };
}

/** The provider sees its own paths and learns from originalUrl where it is mounted. */
function mounted(request: IncomingMessage): IncomingMessage {
  return Object.assign(request, {
    originalUrl: request.url,
    url: (request.url ?? '').slice(MOUNT_PATH.length),
  });
}

function loginRoutes(capabilities: {
  readonly provider: Provider;
  /** True for the error of a sign-in that took too long. */
  readonly isExpired: (error: Error) => boolean;
  readonly log: Logger;
  readonly refreshAccounts: () => Promise<readonly DemoAccount[]>;
  readonly readTicket: (ticket: string) => Promise<string | null>;
}): Hono<PlainBindings> {
  const { provider, isExpired, log, refreshAccounts, readTicket } = capabilities;
  return new Hono<PlainBindings>()
    .get(`${LOGIN_PATH}/:uid`, async (c) => {
      await provider.interactionDetails(c.env.incoming, c.env.outgoing);
      c.header('cache-control', 'no-store');
      return c.html(
        renderLoginPage(pageLanguageOf(c.req.header('accept-language')), await refreshAccounts()),
      );
    })
    .post(`${LOGIN_PATH}/:uid`, async (c) => {
      const form = await c.req.formData();
      const accounts = await refreshAccounts();
      const email = form.has('ticket') ? await readTicket(String(form.get('ticket'))) : null;
      const account = accounts.find(
        email === null ? ({ id }) => id === form.get('account') : (known) => known.email === email,
      );
      if (account === undefined) return problem(c, 'unknown_user', 403);
      await forgetOtherAccount(provider, c.env, account.id);
      const target = await provider.interactionResult(c.env.incoming, c.env.outgoing as ServerResponse, {
        login: { accountId: account.id, remember: false },
      });
      return c.redirect(target, 303);
    })
    .onError((error, c) => {
      if (isExpired(error)) return problem(c, 'sign_in_expired', 400);
      log.error({ requestId: requestIdIn(c), err: error }, 'login page failed');
      return problem(c, 'sign_in_failed', 500);
    });
}

/**
 * Whoever signed in before in this browser is signed out of the provider first. Left to itself the provider would do
 * it by a page with an inline script, which our content security policy stops.
 */
async function forgetOtherAccount(
  provider: Provider,
  { incoming, outgoing }: HttpBindings,
  accountId: string,
) {
  const interaction = await provider.interactionDetails(incoming, outgoing);
  const { session } = interaction;
  if (session === undefined || session.accountId === accountId) return;
  await (await provider.Session.findByUid(session.uid))?.destroy();
  delete interaction.session;
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
}

function problem(c: PlainContext, what: Parameters<typeof renderProblemPage>[1], status: 400 | 403 | 500) {
  const language = pageLanguageOf(c.req.header('accept-language'));
  return c.html(renderProblemPage(language, what, requestIdIn(c)), status);
}
