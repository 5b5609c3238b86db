import type { MessageInitShape } from '@bufbuild/protobuf';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { createPool } from '@eventkit/database/pool.ts';
import { ErrorDetailSchema } from '@eventkit/proto/gen/eventkit/v1/error_pb.ts';
import { PeopleService } from '@eventkit/proto/gen/eventkit/v1/people_pb.ts';
import { type CompanySettingsSchema, TenantService } from '@eventkit/proto/gen/eventkit/v1/tenants_pb.ts';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSmtpMailer } from '#mail/create-smtp-mailer.ts';
import { answerOf } from '#testing/answer-of.ts';
import { headerOf, type MailServer, startMailServer } from '#testing/start-mail-server.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';

let api: TestApi;
let mailServer: MailServer;
let owner: pg.Pool;
beforeAll(async () => {
  mailServer = await startMailServer();
  api = await startTestApi(() => ({
    mailer: createSmtpMailer({ url: mailServer.url, from: 'rental@example.com' }),
  }));
  owner = createPool({ url: api.ownerUrl, role: 'owner', max: 2, applicationName: 'settings test' });
});
afterAll(async () => {
  await owner.end();
  await api.stop();
  await mailServer.stop();
});
/** The columns as a new company has them. */
const columns = async () => {
  const { rows } = await owner.query<{ column: string; value: string | null }>(
    `SELECT a.attname AS column, pg_get_expr(d.adbin, d.adrelid) AS value
     FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE a.attrelid = 'tenants'::regclass AND a.attnum > 0 AND NOT a.attisdropped
       AND a.attname NOT IN ('id', 'tenant_id', 'name', 'slug', 'created_at')`,
  );
  return rows;
};
beforeEach(async () => {
  const changes = (await columns()).map(({ column, value }) => `${column} = ${value ?? 'NULL'}`);
  await owner.query(`UPDATE tenants SET ${changes.join(', ')}, name = 'Company ' || slug`);
});

const clientOf = <S extends typeof TenantService | typeof PeopleService>(service: S) =>
  createClient(service, createConnectTransport({ baseUrl: api.url, httpVersion: '1.1' }));
const client = () => clientOf(TenantService);
const as = async (user: { readonly id: string; readonly email: string }, requestId?: string) => ({
  headers: {
    authorization: `Bearer ${await api.provider.accessToken(user)}`,
    ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
  },
});
const admin = (requestId?: string) => as(api.companies[0].users.admin, requestId);

async function read(call?: Awaited<ReturnType<typeof as>>) {
  const { stored, used } = await client().getSettings({}, call ?? (await admin()));
  if (stored?.settings === undefined || used === undefined) throw new Error('no settings');
  return { ...stored, settings: stored.settings, used };
}

type Changes = Partial<MessageInitShape<typeof CompanySettingsSchema>>;

/** Changes some of what there is now. */
async function change(changes: Changes, version?: number) {
  const now = await read();
  const { $typeName: _, ...settings } = { ...now.settings, ...changes };
  return client().updateSettings({ settings, version: version ?? now.version }, await admin());
}

/** What a call was refused with: its code, its reason, and the rules by field. */
async function refusalOf(call: Promise<unknown>): Promise<readonly unknown[]> {
  const { code, detail } = await answerOf(call);
  if (code === 'ok') return [code];
  return [code, detail?.reason, detail?.violations.map(({ field, rule }) => `${field} ${rule}`)];
}

describe('settings', () => {
  test('are all there from the start', async () => {
    const { settings, version, changedByName, changedAtMicros } = await read();
    expect(settings).toMatchObject({
      ...{ name: 'Company north', country: 'AT', currency: 'EUR', timeZone: 'Europe/Vienna' },
      ...{ workingDays: [1, 2, 3, 4, 5], firstDayOfWeek: 1, offlineLeaseHours: 72, trashDays: 30 },
      numberPatterns: { quote: 'QU-{YYYY}-{0000}', deliveryNote: 'DN-{YYYY}-{0000}' },
    });
    expect(settings.quotas?.people).toBeUndefined();
    expect([version, changedByName, changedAtMicros]).toEqual([1, '', undefined]);
  });

  test('come back as they were written, with who wrote them, and only for this company', async () => {
    const numberPatterns = {
      quote: 'A-{00}',
      order: 'B{000}',
      deliveryNote: '{YY}-{0}',
      invoice: '{MM}{0000}',
    };
    const wanted = {
      ...{ name: ' Nordlicht GmbH ', address: 'Hafenstraße 1\n20457 Hamburg', country: 'DE' },
      ...{ vatId: 'de 136695976', taxNumber: '27/123/45678', currency: 'CHF', locale: 'de' },
      ...{ timeZone: 'Europe/Berlin', workingDays: [6, 1], firstDayOfWeek: 7, brandColour: '#FFCC00' },
      ...{ mailSenderName: 'Disposition', offlineLeaseHours: 336, trashDays: 365, auditYears: 12 },
      quotas: { people: 5, storageMegabytes: 1000 },
    };
    const { stored } = await change({ ...wanted, numberPatterns });
    const kept = await read();
    expect(kept.settings).toMatchObject({
      ...wanted,
      ...{ name: 'Nordlicht GmbH', vatId: 'DE 136695976', brandColour: '#ffcc00', workingDays: [1, 6] },
      numberPatterns,
    });
    expect(kept.settings.quotas?.devices).toBeUndefined();
    expect(stored).toMatchObject({ settings: kept.settings, version: 2, changedByName: 'admin of north' });
    expect(kept.changedAtMicros).toBeGreaterThan(0n);
    const other = await read(await as(api.companies[1].users.admin));
    expect(other).toMatchObject({ version: 1, settings: { name: 'Company south', currency: 'EUR' } });
  });

  test('are on the audit trail, field by field, with who and in which call', async () => {
    const now = await read();
    const settings = { ...now.settings, trashDays: 60 };
    await client().updateSettings({ settings, version: now.version }, await admin('a-call-about-settings'));
    const { rows } = await owner.query(
      `SELECT changes -> 'trash_days' AS days, changes -> 'currency' AS currency, user_id
       FROM audit_log WHERE table_name = 'tenants' AND request_id = 'a-call-about-settings'`,
    );
    expect(rows).toEqual([{ days: [30, 60], currency: null, user_id: api.companies[0].users.admin.id }]);
  });

  test('that somebody else has changed meanwhile are not written over: it is told who did', async () => {
    const before = await read();
    await change({ trashDays: 40 });
    const late = client().updateSettings(
      { settings: { ...before.settings, auditYears: 20 }, version: before.version },
      await admin(),
    );
    const error = await late.catch((thrown: unknown) => ConnectError.from(thrown));
    expect(error).toMatchObject({ code: Code.Aborted });
    const [detail] = (error as ConnectError).findDetails(ErrorDetailSchema);
    expect(detail).toMatchObject({ reason: 'changed_meanwhile', holderNames: ['admin of north'] });
    expect((await read()).settings).toMatchObject({ trashDays: 40, auditYears: 10 });
  });

  test('of many writes at once on one version take one', async () => {
    const { version } = await read();
    const days = [11, 12, 13, 14, 15];
    const results = await Promise.all(days.map((trashDays) => refusalOf(change({ trashDays }, version))));
    expect(results.filter(([code]) => code === 'ok')).toHaveLength(1);
    expect(results.filter(([, reason]) => reason === 'changed_meanwhile')).toHaveLength(4);
    expect((await read()).version).toBe(version + 1);
  });

  test.each([
    [{ vatId: 'ATU13585628' }, ['settings.vat_id vat_id.format']],
    [{ country: 'DE', vatId: 'ATU13585627' }, ['settings.vat_id vat_id.format']],
    [{ country: 'QX' }, ['settings.country country.known']],
    [{ currency: 'XYZ' }, ['settings.currency currency.known']],
    [{ timeZone: '+02:00' }, ['settings.time_zone time_zone.known']],
    [{ auditYears: 9, country: 'DE' }, ['settings.audit_years audit_years.lawful']],
    [{ name: '   ' }, ['settings.name name.missing']],
    [{ name: 'A\r\nBcc: all@example.com' }, ['settings.name string.pattern']],
    [{ mailSenderName: 'A\nB' }, ['settings.mail_sender_name string.pattern']],
    [{ address: '1\n2\n3\n4\n5\n6\n7\n8\n9' }, ['settings.address string.pattern']],
    [{ brandColour: 'red;background:url(//x)' }, ['settings.brand_colour string.pattern']],
    [{ locale: 'fr' }, ['settings.locale string.in']],
    [{ workingDays: [] }, ['settings.working_days repeated.min_items']],
    [{ workingDays: [8] }, ['settings.working_days[0] uint32.gte_lte']],
    [{ firstDayOfWeek: 0 }, ['settings.first_day_of_week uint32.gte_lte']],
    [{ offlineLeaseHours: 0 }, ['settings.offline_lease_hours uint32.gte_lte']],
    [{ offlineLeaseHours: 337 }, ['settings.offline_lease_hours uint32.gte_lte']],
    [{ trashDays: 0 }, ['settings.trash_days uint32.gte_lte']],
    [{ quotas: { people: 0 } }, ['settings.quotas.people uint32.gte_lte']],
    [
      { timeZone: 'x', numberPatterns: { quote: 'x', order: '{0}', deliveryNote: '{0}', invoice: '{y}{0}' } },
      [
        'settings.time_zone time_zone.known',
        'settings.number_patterns.quote number_pattern.counter',
        'settings.number_patterns.invoice number_pattern.text',
      ],
    ],
  ])('with %j are refused at the field', async (changes, violations) => {
    expect(await refusalOf(change(changes))).toEqual(['InvalidArgument', 'invalid', violations]);
    expect((await read()).version).toBe(1);
  });

  test('count what quotas are about, as of now, and refuse nothing because of them', async () => {
    const before = (await read()).used;
    expect(before).toMatchObject({ devices: 1, assets: 12, storageMegabytes: 0 });
    expect(before.people).toBeGreaterThanOrEqual(7);
    await change({ quotas: { people: 1, assets: 1 } });
    const person = { name: 'One more', email: 'more@north.test', locale: 'en' };
    const role = { role: { case: 'builtIn' as const, value: 'crew' } };
    await clientOf(PeopleService).invitePerson({ ...person, role }, await admin());
    expect((await read()).used.people).toBe(before.people + 1);
  });
});

test('invitations come in the name, the colour and from the address that the company set', async () => {
  await change({
    ...{ name: 'Nordlicht GmbH', mailSenderName: 'Disposition', brandColour: '#ffcc00' },
    address: 'Hafenstraße 1\n1020 Wien',
  });
  const role = { role: { case: 'builtIn' as const, value: 'crew' } };
  const person = { name: 'Mia', email: 'mia@north.test', locale: 'en', role };
  const { invitation } = await clientOf(PeopleService).invitePerson(person, await admin());
  expect(invitation?.subject).toBe('Nordlicht GmbH: your access to EventKit');
  expect(invitation?.text).toContain('Nordlicht GmbH\nHafenstraße 1\n1020 Wien');
  const mail = mailServer.mails.at(-1);
  expect(mail === undefined ? null : headerOf(mail, 'From')).toBe('Disposition <rental@example.com>');
});
