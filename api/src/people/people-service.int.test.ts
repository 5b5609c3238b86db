import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { createPool } from '@eventkit/database/pool.ts';
import { InvitationDelivery, PeopleService, PersonState } from '@eventkit/proto/gen/eventkit/v1/people_pb.ts';
import { builtInRoles } from '@eventkit/shared/permissions/roles.ts';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSession, findSession } from '#auth/session-store.ts';
import type { Principal } from '#http/caller.ts';
import { createSmtpMailer } from '#mail/create-smtp-mailer.ts';
import { answerOf } from '#testing/answer-of.ts';
import { postRpc } from '#testing/post-rpc.ts';
import { headerOf, type MailServer, startMailServer } from '#testing/start-mail-server.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';

let api: TestApi;
let mailServer: MailServer;
/** Refresh tokens that the provider was asked to take back. */
const takenBack: string[] = [];
let owner: pg.Pool;
let app: pg.Pool;
beforeAll(async () => {
  mailServer = await startMailServer();
  api = await startTestApi(() => ({
    mailer: createSmtpMailer({ url: mailServer.url, from: 'rental@example.com' }),
    tokenRevocation: { begin: (tokens) => void takenBack.push(...tokens), settled: async () => undefined },
  }));
  const pool = (role: 'owner' | 'eventkit_app') =>
    createPool({ url: api.ownerUrl, role, max: 4, applicationName: 'people test' });
  owner = pool('owner');
  app = pool('eventkit_app');
});
afterAll(async () => {
  await Promise.all([owner.end(), app.end()]);
  await api.stop();
  await mailServer.stop();
});
beforeEach(() => {
  mailServer.isTaking = true;
});

const client = () =>
  createClient(PeopleService, createConnectTransport({ baseUrl: api.url, httpVersion: '1.1' }));
const as = async (user: { readonly id: string; readonly email: string }, requestId?: string) => ({
  headers: {
    authorization: `Bearer ${await api.provider.accessToken(user)}`,
    ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
  },
});
const admin = (requestId?: string) => as(api.companies[0].users.admin, requestId);
const builtIn = (value: string) => ({ role: { case: 'builtIn' as const, value } });
const ownRole = (value: string) => ({ role: { case: 'ownRoleId' as const, value } });

let count = 0;
async function invite(given: { name?: string; email?: string; role?: string; locale?: string } = {}) {
  count += 1;
  const { name = `Person ${count}`, email = `person${count}@north.test`, role = 'warehouse' } = given;
  const { person, invitation } = await client().invitePerson(
    { name, email, role: builtIn(role), locale: given.locale ?? 'en' },
    await admin(),
  );
  if (person === undefined || invitation === undefined) throw new Error('nobody was invited');
  return { person, invitation };
}

/** What a call was refused with: its code, its reason, its field. */
async function refusalOf(call: Promise<unknown>): Promise<readonly unknown[]> {
  const { code, detail } = await answerOf(call);
  return code === 'ok' ? [code] : [code, detail?.reason, detail?.field];
}

/** How many wait for the admins to be let go. */
async function countWaiting(): Promise<number | null> {
  const { rowCount } = await owner.query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
       AND query LIKE '%FOR NO KEY UPDATE%'`,
  );
  return rowCount;
}

async function insertRole(companyIndex: 0 | 1, name: string): Promise<string> {
  const { rows } = await owner.query<{ id: string }>(
    `INSERT INTO roles (tenant_id, id, name, permissions)
     VALUES ($1, gen_random_uuid(), $2, '{inventory:read}') RETURNING id`,
    [api.companies[companyIndex].tenantId, name],
  );
  if (rows[0] === undefined) throw new Error('no role');
  return rows[0].id;
}

describe('inviting', () => {
  test('adds the person, in lower case, and sends them an e-mail in their language', async () => {
    const { person, invitation } = await invite({
      name: '  Mía Berg ',
      email: 'Mia.Berg@North.test',
      locale: 'de',
    });
    expect(person).toMatchObject({
      name: 'Mía Berg',
      email: 'mia.berg@north.test',
      role: builtIn('warehouse'),
      locale: 'de',
      hasSignedIn: false,
    });
    expect(person.invitationSentAtMicros).toBeGreaterThan(0n);
    expect(invitation.delivery).toBe(InvitationDelivery.SENT);
    expect(invitation.text).toContain('Guten Tag Mía Berg,');
    expect(invitation.text).toContain(`http://localhost:${new URL(api.url).port}/`);
    const mail = mailServer.mails.at(-1);
    expect(mail?.to).toEqual(['mia.berg@north.test']);
    expect(headerOf(mail ?? { from: '', to: [], source: '' }, 'From')).toBe(
      'Company north <rental@example.com>',
    );
    const token = await api.provider.accessToken(person);
    const answer = await postRpc(api.url, 'AuthService/GetMe', { bearer: token });
    expect(await answer.json()).toMatchObject({ userId: person.id, role: 'warehouse' });
    const { people } = await client().listPeople({ search: 'mia.berg' }, await admin());
    expect(people[0]?.hasSignedIn).toBe(true);
  });

  test.each(builtInRoles)('gives the built-in role %s', async (role) => {
    expect((await invite({ role })).person.role).toMatchObject(builtIn(role));
  });

  test('of an address that the company has is refused, with whose it is; another company may', async () => {
    const { person } = await invite({ email: 'twice@north.test', name: 'Ole' });
    const again = { name: 'Ole', email: 'TWICE@north.test', role: builtIn('crew'), locale: 'en' };
    expect(await refusalOf(client().invitePerson(again, await admin()))).toEqual([
      'AlreadyExists',
      'email_taken',
      'email',
    ]);
    await client().deactivatePerson({ personId: person.id }, await admin());
    expect(await refusalOf(client().invitePerson(again, await admin()))).toEqual([
      'AlreadyExists',
      'email_of_deactivated',
      'email',
    ]);
    expect(await refusalOf(client().invitePerson(again, await as(api.companies[1].users.admin)))).toEqual([
      'ok',
    ]);
  });

  test('of two at once with one address adds one', async () => {
    const same = { name: 'Twin', email: 'twin@north.test', role: builtIn('crew'), locale: 'en' };
    const call = await admin();
    const results = await Promise.all([1, 2, 3].map(() => refusalOf(client().invitePerson(same, call))));
    expect(results.filter(([code]) => code === 'ok')).toHaveLength(1);
    expect(results.filter(([, reason]) => reason === 'email_taken')).toHaveLength(2);
  });

  test.each([
    [{ name: 'A\r\nBcc: all@example.com' }, 'name'],
    [{ name: 'A\u2028B' }, 'name'],
    [{ name: '' }, 'name'],
    [{ name: '   ' }, 'name'],
    [{ name: 'x'.repeat(121) }, 'name'],
    [{ email: 'no address' }, 'email'],
    [{ email: 'a@b.test\r\nBcc: all@example.com' }, 'email'],
    [{ email: 'Mia <mia@north.test>' }, 'email'],
    [{ role: 'owner' }, 'role.built_in'],
    [{ role: 'custom' }, 'role.built_in'],
    [{ locale: 'fr' }, 'locale'],
  ])('with %j is refused at its field', async (given, field) => {
    expect(await refusalOf(invite(given))).toEqual(['InvalidArgument', 'invalid', field]);
  });

  test('that the mail server does not take is told; sent once more it arrives', async () => {
    mailServer.isTaking = false;
    const { person, invitation } = await invite();
    expect(invitation.delivery).toBe(InvitationDelivery.FAILED);
    expect(person.invitationSentAtMicros).toBeUndefined();
    expect(invitation.text).toContain(person.email);
    mailServer.isTaking = true;
    const again = await client().resendInvitation({ personId: person.id }, await admin());
    expect(again.invitation?.delivery).toBe(InvitationDelivery.SENT);
    expect(again.person?.invitationSentAtMicros).toBeGreaterThan(0n);
    expect(mailServer.mails.at(-1)?.to).toEqual([person.email]);
  });

  test('once more is for those who have not come in yet, and may', async () => {
    const { person } = await invite();
    await client().deactivatePerson({ personId: person.id }, await admin());
    const resend = async () => refusalOf(client().resendInvitation({ personId: person.id }, await admin()));
    expect(await resend()).toEqual(['FailedPrecondition', 'person_deactivated', 'person_id']);
    await client().reactivatePerson({ personId: person.id }, await admin());
    await owner.query(`UPDATE users SET issuer = 'i', subject = $1::text WHERE id = $1`, [person.id]);
    expect(await resend()).toEqual(['FailedPrecondition', 'already_signed_in', 'person_id']);
  });
});

describe('the list of people', () => {
  test('goes by pages through everybody of the company, by name, and finds by name or address', async () => {
    const wanted = await Promise.all(
      ['Zoë', 'anna', 'Bert'].map((name, index) =>
        invite({ name: `${name} Pagewise`, email: `pagewise${index}@north.test` }),
      ),
    );
    const call = await admin();
    const names: string[] = [];
    let pageToken = '';
    do {
      const page = await client().listPeople({ pageSize: 2, pageToken, search: ' pageWISE ' }, call);
      names.push(...page.people.map(({ name }) => name));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    expect(names).toEqual(['anna Pagewise', 'Bert Pagewise', 'Zoë Pagewise']);
    const byAddress = await client().listPeople({ search: 'pagewise1@' }, call);
    expect(byAddress.people.map(({ name }) => name)).toEqual(['anna Pagewise']);
    for (const search of ['%', 'page_ise', 'south', "' OR 1=1 --"])
      expect((await client().listPeople({ search }, call)).people).toEqual([]);

    await client().deactivatePerson({ personId: wanted[2]?.person.id ?? '' }, call);
    const namesOf = async (state: PersonState) =>
      (await client().listPeople({ state, search: 'pagewise' }, call)).people.map(({ name }) => name);
    expect(await namesOf(PersonState.DEACTIVATED)).toEqual(['Bert Pagewise']);
    expect(await namesOf(PersonState.ACTIVE)).toEqual(['anna Pagewise', 'Zoë Pagewise']);
    expect(await namesOf(PersonState.UNSPECIFIED)).toHaveLength(3);
  });

  test('takes only its own page tokens', async () => {
    const { nextPageToken } = await client().listPeople({ pageSize: 1 }, await admin());
    expect(
      await refusalOf(client().listPeople({ pageToken: nextPageToken, search: 'a' }, await admin())),
    ).toEqual(['InvalidArgument', 'bad_page_token', 'page_token']);
  });
});

describe('changing somebody', () => {
  test('changes what is given, and another role counts from the next call', async () => {
    const { person } = await invite({ name: 'Ida', role: 'warehouse' });
    const call = await as(person);
    expect((await refusalOf(client().listPeople({}, call)))[0]).toBe('PermissionDenied');
    const changed = await client().updatePerson(
      { personId: person.id.toUpperCase(), role: builtIn('admin') },
      await admin(),
    );
    expect(changed.person).toMatchObject({ name: 'Ida', locale: 'en', role: builtIn('admin') });
    expect(await refusalOf(client().listPeople({}, call))).toEqual(['ok']);
    const roleId = await insertRole(0, 'Looks at stock');
    const own = await client().updatePerson(
      { personId: person.id, role: ownRole(roleId), name: 'Ida Lang', locale: 'de' },
      await admin(),
    );
    expect(own.person).toMatchObject({
      name: 'Ida Lang',
      locale: 'de',
      role: ownRole(roleId),
      ownRoleName: 'Looks at stock',
    });
    expect((await refusalOf(client().listPeople({}, call)))[0]).toBe('PermissionDenied');
  });

  test('is on the audit trail with who, and in which call', async () => {
    const { person } = await invite();
    const requestId = 'a-call-of-the-test';
    await client().updatePerson({ personId: person.id, role: builtIn('sales') }, await admin(requestId));
    const { rows } = await owner.query(
      `SELECT changes -> 'role' AS role, user_id, request_id FROM audit_log
       WHERE table_name = 'users' AND row_id = $1 AND action = 'update' ORDER BY id DESC LIMIT 1`,
      [person.id],
    );
    expect(rows).toEqual([
      { role: ['warehouse', 'sales'], user_id: api.companies[0].users.admin.id, request_id: requestId },
    ]);
  });

  test('shut out loses their sessions and the tokens behind them at once, and comes in again with the role they had', async () => {
    const { person } = await invite({ role: 'planner' });
    const principal = { tenantId: api.companies[0].tenantId, userId: person.id } as Principal;
    const tokens = { idToken: null, refreshToken: 'a-token-of-theirs', providerSid: null, lifetimeS: 3600 };
    const sessionId = await createSession(app, principal, tokens);
    expect(await findSession(app, sessionId)).not.toBeNull();
    const call = await as(person);
    const out = await client().deactivatePerson({ personId: person.id }, await admin());
    expect(out.person?.deactivatedAtMicros).toBeGreaterThan(0n);
    expect((await owner.query('SELECT FROM sessions WHERE user_id = $1', [person.id])).rowCount).toBe(0);
    expect((await refusalOf(client().listPeople({}, call)))[0]).toBe('Unauthenticated');
    const again = await client().deactivatePerson({ personId: person.id }, await admin());
    expect(again.person?.deactivatedAtMicros).toBe(out.person?.deactivatedAtMicros);
    expect(takenBack).toEqual(['a-token-of-theirs']);
    const back = await client().reactivatePerson({ personId: person.id }, await admin());
    expect(back.person).toMatchObject({ role: builtIn('planner') });
    expect(back.person?.deactivatedAtMicros).toBeUndefined();
    expect(await findSession(app, sessionId)).toBeNull();
    expect((await refusalOf(client().listPeople({}, call)))[0]).toBe('PermissionDenied');
  });
});

describe('nobody', () => {
  test('takes their own rights away; name and language are theirs to change', async () => {
    const { id } = api.companies[0].users.admin;
    await invite({ role: 'admin' });
    expect(await refusalOf(client().deactivatePerson({ personId: id }, await admin()))).toEqual([
      'FailedPrecondition',
      'own_account',
      'person_id',
    ]);
    expect(
      await refusalOf(client().updatePerson({ personId: id, role: builtIn('crew') }, await admin())),
    ).toEqual(['FailedPrecondition', 'own_account', 'role']);
    const same = { personId: id, role: builtIn('admin'), name: 'Ada of north' };
    expect((await client().updatePerson(same, await admin())).person?.name).toBe('Ada of north');
  });

  test('takes the last admin away, who manages by a right of their own', async () => {
    const [, south] = api.companies;
    const { rows } = await owner.query<{ id: string }>(
      `WITH made AS (
         INSERT INTO roles (tenant_id, id, name, permissions)
         VALUES ($1, gen_random_uuid(), 'Manages people', '{users:manage}') RETURNING id
       )
       UPDATE users SET role = 'custom', custom_role_id = made.id FROM made
       WHERE users.tenant_id = $1 AND users.id = $2 RETURNING users.id`,
      [south.tenantId, south.users.manager.id],
    );
    expect(rows).toHaveLength(1);
    const call = await as(south.users.manager);
    const personId = south.users.admin.id;
    expect(await refusalOf(client().deactivatePerson({ personId }, call))).toEqual([
      'FailedPrecondition',
      'last_admin',
      'person_id',
    ]);
    expect(await refusalOf(client().updatePerson({ personId, role: builtIn('crew') }, call))).toEqual([
      'FailedPrecondition',
      'last_admin',
      'role',
    ]);
  });

  test.each(['deactivatePerson', 'updatePerson'] as const)(
    'of two admins who do it to one another at once by %s both succeed',
    async (rpc) => {
      for (let round = 0; round < 5; round += 1) {
        const [one, other] = [
          (await invite({ role: 'admin' })).person,
          (await invite({ role: 'admin' })).person,
        ];
        const act = async (who: typeof one, whom: typeof one) => {
          const call = await as(who);
          return refusalOf(
            rpc === 'deactivatePerson'
              ? client().deactivatePerson({ personId: whom.id }, call)
              : client().updatePerson({ personId: whom.id, role: builtIn('crew') }, call),
          );
        };
        // Signed in once, so that their calls write nothing before they do what they are for.
        await Promise.all([one, other].map(async (who) => client().listPeople({}, await as(who))));
        // Both are let through the door before either has done anything.
        const holding = await owner.connect();
        const acts: ReturnType<typeof act>[] = [];
        try {
          await holding.query('BEGIN');
          await holding.query('SELECT FROM users WHERE id = ANY($1) FOR UPDATE', [[one.id, other.id]]);
          acts.push(act(one, other), act(other, one));
          await expect.poll(() => countWaiting()).toBe(2);
        } finally {
          await holding.query('COMMIT');
          holding.release();
        }
        const results = (await Promise.all(acts)).map(([code]) => code);
        expect(results.toSorted()).toEqual(['PermissionDenied', 'ok']);
      }
    },
  );

  test('reaches the people and roles of another company: they answer as ids of nobody', async () => {
    const [, south] = api.companies;
    const roleId = await insertRole(1, 'Of the south');
    for (const personId of [south.users.crew.id, '01a00000-0000-7000-8000-0000000000aa']) {
      const call = await admin();
      const acts = [
        () => client().updatePerson({ personId, name: 'Taken' }, call),
        () => client().deactivatePerson({ personId }, call),
        () => client().reactivatePerson({ personId }, call),
        () => client().resendInvitation({ personId }, call),
      ];
      for (const act of acts) expect(await refusalOf(act())).toEqual(['NotFound', 'not_found', 'person_id']);
    }
    for (const wanted of [roleId, '01a00000-0000-7000-8000-0000000000aa']) {
      const change = { personId: api.companies[0].users.crew.id, role: ownRole(wanted) };
      const added = { name: 'A', email: 'a@north.test', role: ownRole(wanted), locale: 'en' };
      const call = await admin();
      for (const act of [() => client().updatePerson(change, call), () => client().invitePerson(added, call)])
        expect(await refusalOf(act())).toEqual(['NotFound', 'not_found', 'role.own_role_id']);
    }
  });
});
