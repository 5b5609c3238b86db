import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { createPool } from '@eventkit/database/pool.ts';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import { NotificationService } from '@eventkit/proto/gen/eventkit/v1/notifications_pb.ts';
import {
  type NotificationKind,
  permissionByNotificationKind,
} from '@eventkit/shared/notifications/notification-kinds.ts';
import { builtInRoles, type Permission, permissionsByRole } from '@eventkit/shared/permissions/roles.ts';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { answerOf } from '#testing/answer-of.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';
import { findCompaniesWithOldNotifications, purgeOldNotifications } from './purge-old-notifications.ts';
import { findCompaniesWithSilentDevices, tellSilentDevices } from './tell-silent-devices.ts';

let api: TestApi;
let owner: pg.Pool;
let app: pg.Pool;
beforeAll(async () => {
  api = await startTestApi();
  const pool = (role: 'owner' | 'eventkit_app') =>
    createPool({ url: api.ownerUrl, role, max: 2, applicationName: 'notifications test' });
  owner = pool('owner');
  app = pool('eventkit_app');
});
afterAll(async () => {
  await Promise.all([owner.end(), app.end()]);
  await api.stop();
});
beforeEach(async () => {
  await owner.query('DELETE FROM notifications');
});

const scopeOf = (company: 0 | 1) => ({
  ...{ tenantId: api.companies[company].tenantId, userId: null, deviceId: null },
  ...{ operationId: null, requestId: null },
});
const within = (company: 0 | 1, sql: string, values: unknown[] = []) =>
  withTenant(app, scopeOf(company), (tx) => tx.query(sql, values));

type Told = { user_id: string; kind: string; title: string; detail: string; read_at: string | null };
const told = async () => {
  const { rows } = await owner.query<Told>(
    'SELECT user_id, kind, title, detail, read_at FROM notifications ORDER BY kind, user_id',
  );
  return rows;
};
/** Who was told, by their roles: each role has one person. */
const toldRoles = async (company: 0 | 1 = 0) => {
  const rows = await told();
  const { users } = api.companies[company];
  return builtInRoles.filter((role) => rows.some(({ user_id }) => user_id === users[role].id));
};

/** Another fact of the first asset, as the upload writes it. */
const record = async (fields: Readonly<Record<string, string | null>>, company: 0 | 1 = 0) => {
  const [like] = api.companies[company].movementIds;
  const operation = crypto.randomUUID();
  await within(
    company,
    `INSERT INTO operations
     SELECT (jsonb_populate_record(o, jsonb_build_object('id', $2::text, 'epoch', $2::text))).*
     FROM operations o JOIN movements m ON m.operation_id = o.id WHERE m.id = $1`,
    [like, operation],
  );
  await within(
    company,
    `INSERT INTO movements
     SELECT (jsonb_populate_record(m, $2::jsonb || jsonb_build_object('id', $3 || ':0', 'operation_id', $3::text))).*
     FROM movements m WHERE m.id = $1`,
    [like, JSON.stringify(fields), operation],
  );
  return operation;
};

const HELD = { kind: 'quarantine', to_kind: null, to_id: null, note: 'bent' };

test('whom the database tells of a kind are those with the right to it', async () => {
  const { rows } = await owner.query<{ kind: NotificationKind; permission: Permission; roles: string[] }>(
    'SELECT kind, permission, roles FROM notification_kinds()',
  );
  const wanted = Object.entries(permissionByNotificationKind).map(([kind, permission]) => ({
    kind,
    permission,
    roles: builtInRoles.filter((role) => permissionsByRole[role].some((one) => one === permission)),
  }));
  expect(rows).toEqual(wanted);
});

describe('a conflict', () => {
  const openAgain = (id: string, more: Readonly<Record<string, string | null>> = {}) =>
    owner.query(
      `INSERT INTO conflicts SELECT (jsonb_populate_record(c, $2::jsonb)).* FROM conflicts c
       WHERE id = $1 AND tenant_id = $3`,
      [api.companies[0].conflictId, JSON.stringify({ id, ...more }), api.companies[0].tenantId],
    );

  test('is told to who recorded what does not fit, once, also by a transaction of no company', async () => {
    await openAgain('two_cases:again');
    expect(await told()).toMatchObject([
      { user_id: api.companies[0].users.warehouse.id, kind: 'own_conflict', title: 'A-0000' },
    ]);
  });

  test('names the code where there is no thing, and passes over ids that are none', async () => {
    const [movementId] = api.companies[0].movementIds;
    await openAgain('unknown', {
      ...{ asset_id: null, code: 'NEW-1', first_movement_id: 'baseline', second_movement_id: null },
      operation_id: movementId?.split(':')[0] ?? null,
    });
    expect(await told()).toMatchObject([{ kind: 'own_conflict', title: 'NEW-1', detail: 'two_cases' }]);
  });

  test('that is settled is read, open again is unread, and gone is gone', async () => {
    await openAgain('changing');
    const change = (status: string) =>
      within(0, `UPDATE conflicts SET status = $1 WHERE id = 'changing'`, [status]);
    await change('settled');
    expect((await told())[0]?.read_at).not.toBeNull();
    await change('open');
    expect(await told()).toMatchObject([{ read_at: null }]);
    await within(0, `DELETE FROM conflicts WHERE id = 'changing'`);
    expect(await told()).toEqual([]);
  });
});

describe('a thing that is held back', () => {
  test('is told to who looks after things, but for who did it, until it may go out again', async () => {
    await record({ disposition: 'damaged', kind: 'check_in' });
    expect(await toldRoles()).toEqual(['admin', 'manager']);
    expect((await told())[0]).toMatchObject({
      kind: 'held_back',
      title: 'A-0000',
      detail: 'Product 0',
      read_at: null,
    });
    const [asset] = api.companies[0].assets;
    const become = (status: string) =>
      within(0, 'UPDATE assets SET status = $2 WHERE id = $1', [asset?.id, status]);
    await become('quarantined');
    await become('in_repair');
    expect((await told()).map(({ read_at }) => read_at)).toEqual([null, null]);
    await become('in_service');
    expect((await told()).map(({ read_at }) => read_at)).not.toContain(null);
  });

  test('by mistake is taken back', async () => {
    const mistake = await record(HELD);
    await record(HELD);
    expect(await told()).toHaveLength(4);
    await record({ kind: 'undo', to_kind: null, to_id: null, undoes_operation_id: mistake });
    expect(await told()).toHaveLength(2);
  });

  test('is of one company', async () => {
    await record(HELD, 1);
    expect(await toldRoles(0)).toEqual([]);
    expect(await toldRoles(1)).toEqual(['admin', 'manager']);
  });
});

describe('a vehicle', () => {
  test('that leaves and arrives is told to who plans, with its events', async () => {
    const { tenantId, movementIds } = api.companies[0];
    const [vehicle, event] = [crypto.randomUUID(), crypto.randomUUID()];
    await within(0, `INSERT INTO vehicles (tenant_id, id, code, name) VALUES ($1, $2, 'V1', 'Atego')`, [
      tenantId,
      vehicle,
    ]);
    await within(
      0,
      `INSERT INTO events (tenant_id, id, name, status, load_at, starts_at, ends_at, return_at)
       VALUES ($1, $2, 'Gala', 'confirmed', now(), now(), now(), now())`,
      [tenantId, event],
    );
    const say = (kind: string, id: string, undoes: string | null = null) =>
      within(
        0,
        `INSERT INTO transport_facts (tenant_id, id, subject_id, operation_id, kind, effective_at, device_id, sequence,
           recorded_by, undoes_operation_id, received_at, event_ids)
         SELECT tenant_id, operation_id || $2, $3, operation_id, $4, effective_at, device_id, sequence, recorded_by, $5,
           received_at, jsonb_build_array($6::text)::text
         FROM movements WHERE id = $1`,
        [movementIds[0], id, vehicle, kind, undoes, event],
      );
    await say('dispatch', ':0');
    expect(await toldRoles()).toEqual(['admin', 'manager', 'planner']);
    expect((await told())[0]).toMatchObject({ kind: 'truck_left', title: 'Atego', detail: 'Gala' });
    await say('arrive', ':1');
    expect((await told()).map(({ kind }) => kind)).toContain('truck_arrived');
    await say('undo', ':2', movementIds[0]?.split(':')[0]);
    expect(await told()).toEqual([]);
  });
});

describe('admins', () => {
  const toldAdminsOnly = async (kind: string) => {
    expect((await told()).map((one) => one.kind)).toEqual([kind]);
    expect(await toldRoles()).toEqual(['admin']);
  };

  test('hear of a device that is wiped', async () => {
    await within(
      0,
      `UPDATE devices SET wipe_kind = 'now', wipe_ordered_at = now(), wipe_begun_at = now(), wiped_at = now() WHERE id = $1`,
      [api.companies[0].revokedDeviceId],
    );
    await toldAdminsOnly('device_wiped');
  });

  test('hear of a device that fell silent, once, until it speaks again; not of one that is long gone or shut out', async () => {
    const { tenantId, deviceId, users } = api.companies[0];
    const round = () => withTenant(app, scopeOf(0), (tx) => tellSilentDevices(tx, 7));
    const heard = (daysAgo: number, device = deviceId) =>
      owner.query(
        `INSERT INTO device_progress (tenant_id, device_id, epoch, last_contact_at)
         VALUES ($1, $2, $2, now() - make_interval(days => $3))
         ON CONFLICT (tenant_id, device_id, epoch) DO UPDATE SET last_contact_at = excluded.last_contact_at`,
        [tenantId, device, daysAgo],
      );
    await heard(6);
    await heard(8, api.companies[0].revokedDeviceId);
    expect(await findCompaniesWithSilentDevices(app, 7)).toEqual([]);
    await heard(15);
    expect(await round()).toBe(0);
    await heard(8);
    expect(await findCompaniesWithSilentDevices(app, 7)).toEqual([tenantId]);
    expect([await round(), await round()]).toEqual([1, 1]);
    expect(await told()).toMatchObject([
      { kind: 'device_silent', user_id: users.admin.id, title: 'Dock 2', read_at: null },
    ]);
    await heard(0);
    expect(await findCompaniesWithSilentDevices(app, 7)).toEqual([tenantId]);
    await round();
    expect((await told())[0]?.read_at).not.toBeNull();
    expect(await findCompaniesWithSilentDevices(app, 7)).toEqual([]);
    await owner.query('DELETE FROM device_progress');
  });

  test('hear of a storage that is lost: not of a first one, nor of one that is heard of for the first time', async () => {
    const report = (epoch: string, startedAt: string | null) =>
      within(
        0,
        `INSERT INTO device_progress (tenant_id, device_id, epoch, started_at) VALUES (current_tenant_id(), $1, $2, $3)
         ON CONFLICT (tenant_id, device_id, epoch)
         DO UPDATE SET started_at = coalesce(device_progress.started_at, excluded.started_at)`,
        [api.companies[0].deviceId, epoch, startedAt],
      );
    const [first, lost] = [crypto.randomUUID(), crypto.randomUUID()];
    await report(lost, null);
    await report(first, '2026-11-01Z');
    await report(first, '2026-11-02Z');
    expect(await told()).toEqual([]);
    await report(lost, '2026-11-03Z');
    await toldAdminsOnly('storage_lost');
  });

  test('hear of a first sign-in after an invitation, with a role of the company’s own too', async () => {
    const { tenantId, users } = api.companies[0];
    const role = crypto.randomUUID();
    await owner.query(
      `INSERT INTO roles (tenant_id, id, name, permissions) VALUES ($1, $2, 'People', '{users:manage}')`,
      [tenantId, role],
    );
    await owner.query(`UPDATE users SET role = 'custom', custom_role_id = $2 WHERE id = $1`, [
      users.sales.id,
      role,
    ]);
    await within(0, 'UPDATE users SET invitation_sent_at = now(), subject = NULL WHERE id = $1', [
      users.crew.id,
    ]);
    await within(0, `UPDATE users SET subject = 'new' WHERE id = $1`, [users.crew.id]);
    expect(await toldRoles()).toEqual(['admin', 'sales']);
    await owner.query(`UPDATE users SET role = 'sales', custom_role_id = NULL WHERE id = $1`, [
      users.sales.id,
    ]);
  });
});

describe('reading', () => {
  const client = () =>
    createClient(NotificationService, createConnectTransport({ baseUrl: api.url, httpVersion: '1.1' }));
  const as = async (user: { readonly id: string; readonly email: string }) => ({
    headers: { authorization: `Bearer ${await api.provider.accessToken(user)}` },
  });
  const idOf = async (userId: string) => {
    const { rows } = await owner.query<{ id: string }>('SELECT id FROM notifications WHERE user_id = $1', [
      userId,
    ]);
    return rows[0]?.id ?? '';
  };
  const unread = async () =>
    (await told()).filter(({ read_at }) => read_at === null).map(({ user_id }) => user_id);

  test('is of one’s own, of nobody else in the company or another one, and can be taken back', async () => {
    const [north, south] = api.companies;
    await record(HELD);
    const { admin, manager } = north.users;
    const notificationIds = [await idOf(admin.id)];
    for (const other of [manager, south.users.admin])
      await client().setRead({ notificationIds, isRead: true }, await as(other));
    expect(await unread()).toHaveLength(2);
    await client().setRead({ notificationIds, isRead: true }, await as(admin));
    expect(await unread()).toEqual([manager.id]);
    await client().setRead({ notificationIds, isRead: false }, await as(manager));
    expect(await unread()).toEqual([manager.id]);
    await client().setRead({ notificationIds, isRead: false }, await as(admin));
    expect(await unread()).toHaveLength(2);
  });

  test.each([[[]], [['no id']], [Array.from({ length: 501 }, () => crypto.randomUUID())]])(
    'of what is no list of ids is refused',
    async (notificationIds) => {
      const call = await as(api.companies[0].users.admin);
      const { code } = await answerOf(client().setRead({ notificationIds, isRead: true }, call));
      expect(code).toBe('InvalidArgument');
    },
  );
});

test('what is older than 60 days goes, in each company by itself', async () => {
  await record(HELD, 0);
  await record(HELD, 1);
  await owner.query(`UPDATE notifications SET created_at = now() - interval '61 days' WHERE tenant_id = $1`, [
    api.companies[0].tenantId,
  ]);
  expect(await findCompaniesWithOldNotifications(app)).toEqual([api.companies[0].tenantId]);
  expect(await withTenant(app, scopeOf(1), purgeOldNotifications)).toBe(0);
  expect(await withTenant(app, scopeOf(0), purgeOldNotifications)).toBe(2);
  expect(await told()).toHaveLength(2);
});
