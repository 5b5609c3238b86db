import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import type { NewId } from '@eventkit/shared/kernel/ids.ts';
import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type pg from 'pg';
import type { Logger } from 'pino';
import { pageLanguageOf } from '#auth/page.ts';
import { isFromOwnSite } from '#http/is-from-own-site.ts';
import type { RateLimiter } from '#http/limits/rate-limiter.ts';
import { retryAfterHeader } from '#http/limits/retry-after-header.ts';
import { clientAddressIn, type PlainBindings, type PlainContext, requestIdIn } from '#http/plain-request.ts';
import { readAtMost } from '#http/read-at-most.ts';
import { readSignUp, type SignUp, typedSignUp } from './read-sign-up.ts';
import { fitsLink, readSignUpLink, SIGN_UP_PATH, type SignUpLink } from './sign-up-link.ts';
import { renderConfirmForm, renderSignUpForm, renderSignUpMessage } from './sign-up-pages.ts';
import {
  confirmSignUp,
  countSignUpsLately,
  holdSignUp,
  insertSignUp,
  type StoredSignUp,
} from './sign-up-store.ts';
import type { SignUpMessage } from './sign-up-words.ts';

export type SignUpCapabilities = {
  readonly pool: pg.Pool;
  readonly log: Logger;
  readonly newId: NewId;
  readonly limiter: RateLimiter;
  /** Whether companies may ask to be let in; the operator decides about each. */
  readonly isSignUpOpen?: boolean;
};

/** What a form of ours comes to, and some more. */
const LARGEST_FORM_BYTES = 16 * 1024;
/** How often one address may be asked for within a day; further requests are answered like the others and dropped. */
const MOST_OF_ONE_ADDRESS = 3;
const STATUS = {
  closed: 404,
  sent: 200,
  waiting: 200,
  approved: 200,
  refused: 200,
  gone: 404,
  too_many: 429,
  other_site: 403,
} as const satisfies Record<SignUpMessage, ContentfulStatusCode>;

/** `/auth/sign-up` for companies that are none yet, and the links that are mailed to them. */
export function signUpRoutes(capabilities: SignUpCapabilities): Hono<PlainBindings> {
  const { isSignUpOpen = false } = capabilities;
  const routes = new Hono<PlainBindings>();
  // Links that went off lead somewhere even where nobody may sign up any more.
  routes.get(`${SIGN_UP_PATH}/:link`, (c) => openLink(capabilities, c, false));
  routes.post(`${SIGN_UP_PATH}/:link`, (c) => openLink(capabilities, c, true));
  if (!isSignUpOpen) return routes.get(SIGN_UP_PATH, (c) => say(c, 'closed'));
  routes.get(SIGN_UP_PATH, (c) => {
    const language = pageLanguageOf(c.req.header('accept-language'));
    const typed = { companyName: '', personName: '', email: '', timeZone: 'Europe/Vienna', currency: 'EUR' };
    return form(c, renderSignUpForm(language, { ...typed, locale: language }));
  });
  return routes.post(SIGN_UP_PATH, (c) => takeSignUp(capabilities, c));
}

/** Answers the same, and as fast, whoever has the address already: what is so is only told by mail. */
async function takeSignUp(capabilities: SignUpCapabilities, c: PlainContext) {
  if (!isOwn(c)) return say(c, 'other_site');
  const body = await readAtMost(c.req.raw.body, LARGEST_FORM_BYTES);
  const typed = typedSignUp(new URLSearchParams(body === null ? '' : new TextDecoder().decode(body)));
  const signUp = readSignUp(typed);
  if (!signUp.ok) {
    const language = pageLanguageOf(c.req.header('accept-language'));
    return form(c, renderSignUpForm(language, typed, signUp.error), 400);
  }
  const admission = capabilities.limiter.admitSignUp(clientAddressIn(c));
  if (!admission.isAdmitted) {
    c.header('retry-after', retryAfterHeader(admission.retryAfterMs));
    return say(c, 'too_many');
  }
  await storeSignUp(capabilities, signUp.value, requestIdIn(c));
  return say(c, 'sent');
}

async function storeSignUp(
  { pool, log, newId }: SignUpCapabilities,
  signUp: SignUp,
  requestId: string,
): Promise<void> {
  if ((await countSignUpsLately(pool, signUp.email)) >= MOST_OF_ONE_ADDRESS) {
    log.warn({ requestId }, 'a company was signed up with an address that was given too often; dropped');
    return;
  }
  const tenantId = newId();
  await withTenant(pool, scopeOf(tenantId, requestId), (tx) => insertSignUp(tx, signUp));
  log.info({ requestId, signUpId: tenantId }, 'a company asks to be let in');
}

async function openLink(capabilities: SignUpCapabilities, c: PlainContext, isConfirming: boolean) {
  if (isConfirming && !isOwn(c)) return say(c, 'other_site');
  const admission = capabilities.limiter.admitStranger(clientAddressIn(c));
  if (!admission.isAdmitted) {
    c.header('retry-after', retryAfterHeader(admission.retryAfterMs));
    return say(c, 'too_many');
  }
  const link = readSignUpLink(c.req.param('link') ?? '');
  const signUp = link === null ? null : await readLinked(capabilities, c, link, isConfirming);
  if (signUp === null) return say(c, 'gone');
  if (signUp.decision !== null) return say(c, signUp.decision);
  if (signUp.isConfirmed || isConfirming) return say(c, 'waiting');
  const language = pageLanguageOf(c.req.header('accept-language'));
  return form(c, renderConfirmForm(language, signUp.companyName, new URL(c.req.url).pathname));
}

/** The request as it was before it was confirmed; null where the link is not the one that was mailed. */
function readLinked(
  { pool }: SignUpCapabilities,
  c: PlainContext,
  link: SignUpLink,
  isConfirming: boolean,
): Promise<StoredSignUp | null> {
  return withTenant(pool, scopeOf(link.id, requestIdIn(c)), async (tx) => {
    const signUp = await holdSignUp(tx);
    if (signUp === null || !fitsLink(link, signUp.linkHash)) return null;
    if (isConfirming) await confirmSignUp(tx);
    return signUp;
  });
}

function isOwn(c: PlainContext): boolean {
  return isFromOwnSite({ header: c.req.raw.headers, requestMethod: 'POST', url: c.req.url });
}

/** A page with a form on it. Under `no-referrer` browsers send it with the origin `null`, and it could not be told as ours. */
function form(c: PlainContext, page: ReturnType<typeof renderSignUpForm>, status: 200 | 400 = 200) {
  c.header('referrer-policy', 'same-origin');
  return c.html(page, status);
}

function say(c: PlainContext, message: SignUpMessage) {
  const language = pageLanguageOf(c.req.header('accept-language'));
  return c.html(renderSignUpMessage(language, message), STATUS[message]);
}

function scopeOf(tenantId: string, requestId: string) {
  return { tenantId, userId: null, deviceId: null, operationId: null, requestId };
}
