import { createPool } from '@eventkit/database/pool.ts';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSmtpMailer } from '#mail/create-smtp-mailer.ts';
import { headerOf, type MailServer, startMailServer } from '#testing/start-mail-server.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';
import { createTestJobKinds } from '#testing/test-job-kinds.ts';

let api: TestApi;
let mails: MailServer;
let owner: pg.Pool;
let app: pg.Pool;
let jobs: ReturnType<typeof createTestJobKinds>;
let nowMs = 0;

beforeAll(async () => {
  mails = await startMailServer();
  api = await startTestApi(() => ({
    isSignUpOpen: true,
    trustedProxies: 1,
    clock: { wallMs: () => Date.now(), monotonicMs: () => nowMs },
  }));
  const pool = (role: 'owner' | 'eventkit_app') =>
    createPool({ url: api.ownerUrl, role, max: 2, applicationName: 'sign-up test' });
  [owner, app] = [pool('owner'), pool('eventkit_app')];
  const mailer = createSmtpMailer({ url: mails.url, from: 'rental@example.com' });
  jobs = createTestJobKinds({ mail: { mailer, publicUrl: new URL(api.url) } });
});
afterAll(async () => {
  await Promise.all([owner.end(), app.end()]);
  await api.stop();
  await mails.stop();
});
beforeEach(() => {
  nowMs += 3_600_000;
});

const filledIn = {
  ...{ companyName: 'Bühne & Ton', personName: 'Lea Huber', locale: 'de' },
  ...{ timeZone: 'Europe/Zurich', currency: 'CHF' },
};
let count = 0;
function newAddress(): string {
  count += 1;
  return `lea${count}@buehne.example`;
}

function send(path: string, form: Record<string, string> = {}, headers: Record<string, string> = {}) {
  return fetch(new URL(path, api.url), {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { origin: api.url, ...headers },
  });
}
const signUp = (form: Partial<typeof filledIn> & { email: string }, headers = {}) =>
  send('/auth/sign-up', { ...filledIn, ...form }, headers);

/** Does what is due, as the server does every minute; answers the mails of it. */
async function mailWhatIsDue() {
  const { rounds, work } = jobs['mail-sign-ups'];
  const before = mails.mails.length;
  for (const tenantId of await rounds.findCompanies(app)) {
    const scope = { tenantId, userId: null, deviceId: null, operationId: null, requestId: null };
    await withTenant(app, scope, (tx) => work(tx, { tenantId }));
  }
  return mails.mails.slice(before);
}

const linkIn = (source: string) =>
  /\/auth\/sign-up\/[\w.-]+/.exec(source.replaceAll(/=\r?\n/g, ''))?.[0] ?? 'no link';

async function signUpsOf(email: string) {
  const { rows } = await owner.query(
    'SELECT tenant_id, confirmed_at IS NOT NULL AS is_confirmed, decision FROM sign_ups WHERE email = $1',
    [email],
  );
  return rows;
}

describe('a company that signs up', () => {
  test('confirms the address by the link that was mailed, once and for all, and then waits', async () => {
    const email = newAddress();
    const answer = await signUp({ email: email.toUpperCase() }, { 'accept-language': 'en' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('Look into your mail');
    const [mail] = await mailWhatIsDue();
    if (mail === undefined) throw new Error('no mail');
    expect(mail.to).toEqual([email]);
    const link = linkIn(mail.source);

    const opened = await fetch(new URL(link, api.url), { headers: { 'accept-language': 'de' } });
    expect(await opened.text()).toContain('Bühne &amp; Ton');
    expect(await signUpsOf(email)).toMatchObject([{ is_confirmed: false }]);

    for (let time = 0; time < 2; time += 1) {
      expect(await (await send(link)).text()).toContain('Your company is being looked at');
      expect(await signUpsOf(email)).toMatchObject([{ is_confirmed: true, decision: null }]);
    }
    expect(await mailWhatIsDue()).toEqual([]);
    expect((await owner.query('SELECT FROM tenants')).rowCount).toBe(2);
  });

  test('is told what is not in order, with what it typed still there', async () => {
    const answer = await signUp({ email: 'lea', companyName: 'Bühne <b>', timeZone: 'Wien' });
    expect(answer.status).toBe(400);
    const page = await answer.text();
    expect(page.match(/class="fault"/g)).toHaveLength(3);
    expect(page).toContain('Bühne &lt;b&gt;');
  });

  test.each([
    ['companyName', 'Nοrdlicht'],
    ['companyName', 'Nord\u200blicht'],
    ['companyName', 'Win at https://evil.example'],
    ['companyName', 'Call me@evil.example'],
    ['companyName', '灯光'],
    ['personName', 'Lea\r\nBcc: all@example.com'],
    ['personName', '\u202eaeL'],
    ['personName', ' '],
    ['email', 'lea@buehne.example\r\nBcc: all@example.com'],
    ['email', 'lea@buehne.example, all@example.com'],
    ['email', '<lea@buehne.example>'],
    ['email', 'lea@bühne.example'],
    ['locale', 'fr'],
    ['currency', 'eur'],
  ])('%s cannot be %j', async (field, value) => {
    const answer = await signUp({ email: newAddress(), [field]: value });
    expect(answer.status).toBe(400);
    expect(await mailWhatIsDue()).toEqual([]);
  });

  test('an umlaut in names goes into the mail, and nothing else that they hold goes into a header', async () => {
    const email = newAddress();
    await signUp({ email, personName: 'Zoë "x", Müller;' });
    const [mail] = await mailWhatIsDue();
    if (mail === undefined) throw new Error('no mail');
    expect(mail.to).toEqual([email]);
    expect(headerOf(mail, 'Bcc')).toBeNull();
    expect(mail.source.match(/^(To|From|Subject|Bcc|Cc):/gim)).toHaveLength(3);
  });
});

describe('nobody is taken over, or found out', () => {
  test('an address that is in use gets the same answer; only its owner is told, and nothing is kept', async () => {
    const { email } = api.companies[0].users.admin;
    const [known, unknown] = [await signUp({ email }), await signUp({ email: newAddress() })];
    expect(known.status).toBe(unknown.status);
    expect(await known.text()).toBe(await unknown.text());
    const sent = await mailWhatIsDue();
    const toOwner = sent.find(({ to }) => to[0] === email);
    expect(toOwner?.source).not.toContain('/auth/sign-up/');
    expect(sent).toHaveLength(2);
    expect(await signUpsOf(email)).toEqual([]);
  });

  test('one address is not flooded, and who floods it is not told', async () => {
    const email = newAddress();
    for (let time = 0; time < 5; time += 1) expect((await signUp({ email })).status).toBe(200);
    expect(await mailWhatIsDue()).toHaveLength(3);
  });

  test('one network sends a few, then waits; another one goes on', async () => {
    const from = (address: string) => signUp({ email: newAddress() }, { 'x-forwarded-for': address });
    for (let time = 0; time < 5; time += 1) expect((await from('203.0.113.7')).status).toBe(200);
    const refused = await from('203.0.113.7');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBe(720);
    expect((await from('203.0.113.8')).status).toBe(200);
    await mailWhatIsDue();
  });

  test('a link that was forged, cut, given to another request or not mailed yet opens nothing', async () => {
    const [mine, theirs] = [newAddress(), newAddress()];
    await signUp({ email: mine });
    const [mail] = await mailWhatIsDue();
    const link = linkIn(mail?.source ?? '');
    await signUp({ email: theirs });
    const [{ tenant_id: other }] = (await signUpsOf(theirs)) as [{ tenant_id: string }];
    const secret = link.split('.')[1] ?? '';
    const forged = [
      link.slice(0, -1),
      `${link}.`,
      `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`,
      `/auth/sign-up/${other}.${secret}`,
      `/auth/sign-up/${api.companies[0].tenantId}.${secret}`,
      `/auth/sign-up/${other}.`,
      `/auth/sign-up/'%20OR%201=1.${secret}`,
    ];
    for (const path of forged) {
      expect((await send(path)).status, path).toBe(404);
      expect((await fetch(new URL(path, api.url))).status, path).toBe(404);
    }
    expect(await signUpsOf(mine)).toMatchObject([{ is_confirmed: false }]);
    expect(await signUpsOf(theirs)).toMatchObject([{ is_confirmed: false }]);
    await mailWhatIsDue();
  });

  test('another site cannot send the form or confirm for somebody', async () => {
    const email = newAddress();
    const foreign = { origin: 'https://evil.example' };
    expect((await signUp({ email }, foreign)).status).toBe(403);
    await signUp({ email });
    const [mail] = await mailWhatIsDue();
    expect((await send(linkIn(mail?.source ?? ''), {}, foreign)).status).toBe(403);
    expect(await signUpsOf(email)).toMatchObject([{ is_confirmed: false }]);
  });

  test('the server’s own role cannot make a company, nor read the requests of others', async () => {
    const scope = { ...api.companies[0], userId: null, deviceId: null, operationId: null, requestId: null };
    await expect(
      withTenant(app, scope, (tx) =>
        tx.query(`INSERT INTO tenants (id, name, slug) VALUES ($1, 'x', 'x')`, [scope.tenantId]),
      ),
    ).rejects.toThrow('permission denied');
    expect(await withTenant(app, scope, (tx) => tx.query('SELECT FROM sign_ups'))).toMatchObject({
      rowCount: 0,
    });
    await expect(app.query('SELECT all_sign_ups()')).rejects.toThrow('permission denied');
  });
});

test('a mail server that takes nothing keeps the mail due', async () => {
  const email = newAddress();
  await signUp({ email });
  mails.isTaking = false;
  await expect(mailWhatIsDue()).rejects.toThrow('no room today');
  mails.isTaking = true;
  expect(await mailWhatIsDue()).toHaveLength(1);
});

test('requests are forgotten: unconfirmed after a week, decided after three months', async () => {
  const emails = [newAddress(), newAddress(), newAddress()] as const;
  for (const email of emails) await signUp({ email });
  await mailWhatIsDue();
  await owner.query(`UPDATE sign_ups SET requested_at = now() - interval '8 days' WHERE email = $1`, [
    emails[0],
  ]);
  await owner.query(
    `UPDATE sign_ups SET confirmed_at = now(), decided_at = now() - interval '91 days', decision = 'refused' WHERE email = $1`,
    [emails[1]],
  );
  const { rounds, work } = jobs['purge-sign-ups'];
  for (const tenantId of await rounds.findCompanies(app)) {
    const scope = { tenantId, userId: null, deviceId: null, operationId: null, requestId: null };
    await withTenant(app, scope, work);
  }
  const left = await Promise.all(emails.map(signUpsOf));
  expect(left.map(({ length }) => length)).toEqual([0, 0, 1]);
});

test('where nobody may sign up, the page says so and takes nothing', async () => {
  const closed = await startTestApi();
  try {
    const page = await fetch(new URL('/auth/sign-up', closed.url));
    expect(page.status).toBe(404);
    expect(await page.text()).toContain('No sign-up here');
    const sent = await fetch(new URL('/auth/sign-up', closed.url), {
      method: 'POST',
      body: new URLSearchParams({ ...filledIn, email: newAddress() }),
    });
    expect(sent.status).toBe(404);
  } finally {
    await closed.stop();
  }
});
