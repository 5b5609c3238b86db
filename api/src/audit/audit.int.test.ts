import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { createPool } from '@eventkit/database/pool.ts';
import { AuditService, ChangeAction } from '@eventkit/proto/gen/eventkit/v1/audit_pb.ts';
import { DeviceService } from '@eventkit/proto/gen/eventkit/v1/devices_pb.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';

let api: TestApi;
let admin: { headers: Record<string, string> };
beforeAll(async () => {
  api = await startTestApi();
  const token = await api.provider.accessToken(api.companies[0].users.admin);
  admin = { headers: { authorization: `Bearer ${token}` } };
  const { deviceId } = api.companies[0];
  for (const name of ['Dock 3', 'Dock 4', 'Dock 5']) await devices().renameDevice({ deviceId, name }, admin);
});
afterAll(() => api.stop());

const transport = () => createConnectTransport({ baseUrl: api.url, httpVersion: '1.1' });
const audit = () => createClient(AuditService, transport());
const devices = () => createClient(DeviceService, transport());
const refusal = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => Promise.reject(new Error('expected a refusal')),
    (thrown: unknown) => ConnectError.from(thrown),
  );
  return error.code;
};

test('the history of a record says who changed which field from what to what, the newest first', async () => {
  const { deviceId: rowId, users } = api.companies[0];
  const { changes } = await audit().listChanges({ tableName: 'devices', rowId }, admin);
  const renamed = changes.filter(({ action }) => action === ChangeAction.UPDATE);
  expect(renamed.map(({ fields }) => fields)).toMatchObject([
    [{ name: 'name', oldJson: '"Dock 4"', newJson: '"Dock 5"' }],
    [{ name: 'name', oldJson: '"Dock 3"', newJson: '"Dock 4"' }],
    [{ name: 'name', oldJson: '"Dock 2"', newJson: '"Dock 3"' }],
  ]);
  expect(renamed[0]).toMatchObject({ userId: users.admin.id, userName: 'admin of north', deviceName: '' });
  expect(renamed[0]?.requestId).not.toBe('');
  const made = changes.at(-1);
  expect(made?.action).toBe(ChangeAction.INSERT);
  expect(made?.fields).toContainEqual(
    expect.objectContaining({ name: 'name', oldJson: '', newJson: '"Dock 2"' }),
  );
});

test('everything is told once, page by page', async () => {
  const seen: string[] = [];
  let pageToken = '';
  do {
    const page = await audit().listChanges({ tableName: 'devices', pageSize: 2, pageToken }, admin);
    seen.push(...page.changes.map((change) => `${change.atMicros} ${change.rowId} ${change.action}`));
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  const { changes } = await audit().listChanges({ tableName: 'devices', pageSize: 200 }, admin);
  expect(seen).toEqual(changes.map((change) => `${change.atMicros} ${change.rowId} ${change.action}`));
  expect(seen.length).toBeGreaterThan(4);
});

test('what was written at one instant is told once too, however its numbers read as text', async () => {
  const owner = createPool({ url: api.ownerUrl, role: 'owner', max: 1, applicationName: 'audit test' });
  const { tenantId } = api.companies[0];
  await owner.query(
    `INSERT INTO products (tenant_id, id, name, category, tracking) SELECT $1, gen_random_uuid(), 'Cable ' || n, 'cable', 'bulk' FROM generate_series(1, 1200) n`,
    [tenantId],
  );
  await owner.end();
  const seen = new Set<string>();
  let pageToken = '';
  do {
    const page = await audit().listChanges({ tableName: 'products', pageSize: 100, pageToken }, admin);
    for (const { rowId } of page.changes) seen.add(rowId);
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  expect(seen.size).toBeGreaterThanOrEqual(1200);
});

test('it is narrowed by person and by time', async () => {
  const userId = api.companies[0].users.admin.id;
  const { changes } = await audit().listChanges({ userId, tableName: 'devices' }, admin);
  expect(changes).toHaveLength(3);
  const [last, middle, first] = changes;
  const between = await audit().listChanges(
    { userId, tableName: 'devices', fromMicros: first?.atMicros ?? 0n, untilMicros: last?.atMicros ?? 0n },
    admin,
  );
  expect(between.changes.map(({ atMicros }) => atMicros)).toEqual([middle?.atMicros, first?.atMicros]);
  const nobody = await audit().listChanges({ userId: api.companies[0].users.crew.id }, admin);
  expect(nobody.changes).toEqual([]);
});

test('nothing of another company is told, whatever is asked for', async () => {
  const [, other] = api.companies;
  for (const rowId of [other.deviceId, other.users.admin.id]) {
    for (const tableName of ['devices', 'users'])
      expect((await audit().listChanges({ tableName, rowId }, admin)).changes).toEqual([]);
  }
  expect((await audit().listChanges({ userId: other.users.admin.id }, admin)).changes).toEqual([]);
  const all = await audit().listChanges({ pageSize: 200 }, admin);
  expect(JSON.stringify(all.changes, (_, value) => String(value))).not.toContain(other.tenantId);
});

test('what cannot be meant is refused', async () => {
  expect(await refusal(audit().listChanges({ rowId: 'x' }, admin))).toBe(Code.InvalidArgument);
  expect(await refusal(audit().listChanges({ userId: 'x' }, admin))).toBe(Code.InvalidArgument);
  expect(await refusal(audit().listChanges({ pageSize: 201 }, admin))).toBe(Code.InvalidArgument);
  const { nextPageToken: pageToken } = await audit().listChanges(
    { tableName: 'devices', pageSize: 1 },
    admin,
  );
  expect(await refusal(audit().listChanges({ tableName: 'users', pageSize: 1, pageToken }, admin))).toBe(
    Code.InvalidArgument,
  );
  expect(await refusal(audit().listChanges({ tableName: 'a\0b' }, admin))).toBe(Code.InvalidArgument);
});
