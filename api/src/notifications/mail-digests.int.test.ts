import { createPool } from '@eventkit/database/pool.ts';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Mail } from '#mail/mailer.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';
import { findCompaniesWithDues } from './find-companies-with-dues.ts';
import { mailDigests } from './mail-digests.ts';

let api: TestApi;
let owner: pg.Pool;
let app: pg.Pool;
beforeAll(async () => {
  api = await startTestApi();
  const pool = (role: 'owner' | 'eventkit_app') =>
    createPool({ url: api.ownerUrl, role, max: 2, applicationName: 'digest test' });
  owner = pool('owner');
  app = pool('eventkit_app');
});
afterAll(async () => {
  await Promise.all([owner.end(), app.end()]);
  await api.stop();
});
beforeEach(async () => {
  await owner.query('DELETE FROM notifications; DELETE FROM notification_preferences');
  await owner.query(`UPDATE users SET locale = 'en', time_zone = NULL, deactivated_at = NULL`);
});

const publicUrl = new URL('https://rental.test');
type Role = 'admin' | 'manager' | 'planner';
const wantMail = async (role: Role, company: 0 | 1 = 0) => {
  const { tenantId, users } = api.companies[company];
  await owner.query(`INSERT INTO notification_preferences VALUES ($1, $2, 'truck_left', true, false, true)`, [
    tenantId,
    users[role].id,
  ]);
};
const tell = (title: string, hoursAgo = 25, company: 0 | 1 = 0) =>
  owner
    .query(
      `SELECT notify_users($1, holders_of_kind($1, 'truck_left', NULL), 'truck_left', $2, 's', $2, 'Gala', now());`,
      [api.companies[company].tenantId, title],
    )
    .then(() =>
      owner.query(
        'UPDATE notifications SET created_at = now() - make_interval(hours => $2) WHERE title = $1',
        [title, hoursAgo],
      ),
    );
async function mailAll(company: 0 | 1 = 0, cannotReach = '') {
  const mails: Mail[] = [];
  const mailer = {
    send: async (mail: Mail) => {
      if (mail.to.address === cannotReach) throw new Error('no such mailbox');
      mails.push(mail);
    },
  };
  const scope = { tenantId: api.companies[company].tenantId, userId: null, deviceId: null };
  await withTenant(app, { ...scope, operationId: null, requestId: null }, (tx) =>
    mailDigests({ mailer, publicUrl }, tx),
  );
  return mails;
}

test('a mail gathers what somebody wants mailed and has not read, once, in their language and company’s name', async () => {
  const { tenantId, users } = api.companies[0];
  await wantMail('admin');
  await wantMail('planner', 1);
  await owner.query(`UPDATE users SET locale = 'de' WHERE id = $1`, [users.admin.id]);
  await tell('Atego');
  await tell('Sprinter <b>');
  expect(await findCompaniesWithDues(app, 'mail')).toEqual([tenantId]);
  expect(await mailAll(1)).toEqual([]);
  const mails = await mailAll();
  expect(mails.map(({ to, subject }) => [to.address, subject])).toEqual([
    [users.admin.email, 'Company north: 2 Benachrichtigungen'],
  ]);
  expect(mails[0]?.text).toContain('– Atego ist abgefahren (Gala)');
  expect(mails[0]?.text).toContain('https://rental.test/notifications');
  expect(mails[0]?.html).toContain('Sprinter &lt;b&gt; ist abgefahren');
  expect(await mailAll()).toEqual([]);
});

test('what was read, and whoever is gone, is not mailed', async () => {
  const { users } = api.companies[0];
  await wantMail('admin');
  await wantMail('planner');
  await tell('Atego');
  await owner.query('UPDATE notifications SET read_at = now() WHERE user_id = $1', [users.admin.id]);
  await owner.query('UPDATE users SET deactivated_at = now() WHERE id = $1', [users.planner.id]);
  expect(await mailAll()).toEqual([]);
  expect(await findCompaniesWithDues(app, 'mail')).toEqual([]);
});

test('goes out once it is morning where the person is', async () => {
  const { users } = api.companies[0];
  await wantMail('admin');
  // A zone where the last morning was between one and two hours ago, and one where it is about 22 hours ago.
  const { rows } = await owner.query<{ hour: number }>(
    `SELECT extract(hour FROM now() AT TIME ZONE 'UTC')::int AS hour`,
  );
  const east = (hoursSinceMorning: number) => {
    const offset = (((7 + hoursSinceMorning - (rows[0]?.hour ?? 0)) % 24) + 24) % 24;
    // Names of zones have the sign the other way round; there is none beyond 14 hours.
    return offset <= 14 ? `Etc/GMT-${offset}` : `Etc/GMT+${24 - offset}`;
  };
  const live = (zone: string) =>
    owner.query('UPDATE users SET time_zone = $2 WHERE id = $1', [users.admin.id, zone]);
  await tell('Atego', 12);
  await live(east(22));
  expect(await mailAll()).toEqual([]);
  await live(east(1));
  expect(await mailAll()).toHaveLength(1);
});

test('one that cannot be sent holds up no others, and waits; where none can be, the job fails', async () => {
  const { users } = api.companies[0];
  for (const role of ['admin', 'manager', 'planner'] as const) await wantMail(role);
  await tell('Atego');
  expect(await mailAll(0, users.manager.email)).toHaveLength(2);
  await expect(mailAll(0, users.manager.email)).rejects.toThrow('no such mailbox');
  expect((await mailAll()).map(({ to }) => to.address)).toEqual([users.manager.email]);
});

test('a long list is cut, and says how much is left out', async () => {
  await wantMail('admin');
  for (let index = 0; index < 43; index += 1) await tell(`Truck ${index}`);
  const [mail] = await mailAll();
  expect(mail?.subject).toBe('Company north: 43 notifications');
  expect(mail?.text).toContain('and 3 more');
  expect(mail?.text.match(/has left/g)).toHaveLength(40);
});
