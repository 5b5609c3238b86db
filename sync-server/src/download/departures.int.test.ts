import { permissionsByRole, permissionsOf, type Role } from '@eventkit/shared/permissions/roles.ts';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isComplete } from '#testing/read-lines.ts';
import { eventually, repositoryConfig, testToken } from '#testing/running-sync-server.ts';
import { SyncStage } from '#testing/sync-stage.ts';
import { insertTenant } from '#testing/test-tenant.ts';

const otherConfig = repositoryConfig.replace('code, serial, is_case', 'code, is_case');
let stage: SyncStage;

beforeEach(async () => {
  stage = await SyncStage.create();
  await stage.start({ limits: { endGraceMs: 300 } });
});

afterEach(() => stage.close());

const revoke = () =>
  stage.db.query('UPDATE devices SET revoked_at = now() WHERE id = $1', [stage.tenant.deviceId]);
const deactivate = () =>
  stage.db.query('UPDATE users SET deactivated_at = now() WHERE id = $1', [stage.tenant.userId]);

async function openAgain(): Promise<number> {
  const reader = await stage.read();
  reader.close();
  return reader.status;
}

/** A second device of the same company, used by somebody else. */
async function insertColleague(): Promise<{ userId: string; deviceId: string }> {
  const ids = {
    userId: '00000001-0000-7000-8000-0000000000a1',
    deviceId: '00000001-0000-7000-8000-0000000000a2',
  };
  await stage.db.query(
    `INSERT INTO users (tenant_id, id, email, name, role) VALUES ($1, $2, 'c@example.com', 'C', 'warehouse')`,
    [stage.tenant.id, ids.userId],
  );
  await stage.db.query(`INSERT INTO devices (tenant_id, id, name, registered_by) VALUES ($1, $2, 'D', $3)`, [
    stage.tenant.id,
    ids.deviceId,
    ids.userId,
  ]);
  return ids;
}

test.each([
  ['the device is revoked', revoke],
  ['the user is deactivated', deactivate],
  [
    'the device is deleted',
    () => stage.db.query('DELETE FROM devices WHERE id = $1', [stage.tenant.deviceId]),
  ],
])('[SY27] when %s the stream ends at once, and its token opens nothing any more', async (_, leave) => {
  const colleague = await insertColleague();
  await stage.settle();
  const mine = await stage.drained();
  const theirs = await stage.drained({ token: stage.token(colleague) });
  const startedAt = performance.now();
  await leave();
  await mine.ended;
  expect(performance.now() - startedAt).toBeLessThan(3000);
  expect(mine.lines.at(-1)).toEqual({ token_expires_in: 0 });
  expect(await openAgain()).toBe(401);
  const checkpoint = await fetch(`${stage.running.url}/write-checkpoint2.json?client_id=x`, {
    headers: { authorization: `Token ${stage.token()}` },
  });
  expect(checkpoint.status).toBe(401);
  const from = theirs.lines.length;
  await stage.mark(1, 'goes on');
  await eventually(() => isComplete(theirs.lines.slice(from)), 'the change at the colleague');
});

test('[SY27] neither a stream without the list of people nor one that nobody reads goes on', async () => {
  const blind = await stage.drained({ body: { streams: { include_defaults: false, subscriptions: [] } } });
  const metric = async () =>
    (await stage.running.registry.getSingleMetric('eventkit_sync_connections')?.get())?.values[0]?.value;
  const slow = await stage.read();
  slow.pause();
  await revoke();
  await blind.ended;
  await eventually(async () => (await metric()) === 0, 'both to end');
});

test('[SY27] also after a restart, and no longer once the user is back', async () => {
  await stage.drained();
  await deactivate();
  await eventually(async () => (await openAgain()) === 401, 'the refusal');
  await stage.running.stop();
  await stage.start();
  expect(await openAgain()).toBe(401);
  await stage.db.query('UPDATE users SET deactivated_at = NULL WHERE id = $1', [stage.tenant.userId]);
  await eventually(async () => (await openAgain()) === 200, 'the user to be let in');
});

test('[SY27] nor does it after a new configuration, of which no operation ever told of them', async () => {
  await stage.running.stop();
  await revoke();
  await stage.start({ configText: otherConfig });
  expect(await openAgain()).toBe(401);
});

test('[SY27] also while a new configuration is copied, and news of nobody is followed', async () => {
  const colleague = await insertColleague();
  await stage.settle();
  await stage.running.stop();
  await stage.db.query('BEGIN');
  await stage.db.query('LOCK TABLE assets IN ACCESS EXCLUSIVE MODE');
  await stage.launch({ configText: otherConfig });
  await stage.untilProblem('the sync configuration was changed');
  const mine = await stage.drained();
  const theirs = await stage.drained({ token: stage.token(colleague) });
  const other = new Client({ connectionString: stage.ownerUrl });
  await other.connect();
  await other.query('UPDATE devices SET revoked_at = now() WHERE id = $1', [stage.tenant.deviceId]);
  await mine.ended;
  expect(mine.lines.at(-1)).toEqual({ token_expires_in: 0 });
  expect(await openAgain()).toBe(401);
  await other.query('UPDATE users SET deactivated_at = now() WHERE id = $1', [colleague.userId]);
  await theirs.ended;
  expect(theirs.lines.at(-1)).toEqual({ token_expires_in: 0 });
  expect(stage.running.server.health().status).toBe('copying');
  await other.end();
  await stage.db.query('COMMIT');
});

test.each([
  ['another role', 'warehouse', `UPDATE users SET role = 'sales' WHERE id = $1`],
  ['fewer permissions in the role', 'custom', `UPDATE roles SET permissions = '{}' WHERE id = $1`],
])(
  '[SY27] [SY45] with %s the stream ends within five seconds, and the old token opens none',
  async (_, role, change) => {
    const { id: tenantId, userId } = stage.tenant;
    await stage.db.query(
      `INSERT INTO roles (tenant_id, id, name, permissions) VALUES ($1, $2, 'Looks', '{inventory:read}')`,
      [tenantId, userId],
    );
    await stage.db.query('UPDATE users SET role = $2, custom_role_id = $3 WHERE id = $1', [
      userId,
      role,
      role === 'custom' ? userId : null,
    ]);
    const customPermissions = role === 'custom' ? ['inventory:read'] : null;
    const permissions = permissionsOf({ role: role as Role, customPermissions });
    const colleague = await insertColleague();
    await stage.settle();
    const mine = await stage.drained({ token: stage.token({ role, permissions }) });
    const theirs = await stage.drained({
      token: stage.token({ ...colleague, role: 'warehouse', permissions: permissionsByRole.warehouse }),
    });
    const startedAt = performance.now();
    await stage.db.query(change, [userId]);
    await mine.ended;
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(mine.lines.at(-1)).toEqual({ token_expires_in: 0 });
    const again = await stage.read({ token: stage.token({ role, permissions }) });
    again.close();
    expect(again.status).toBe(401);
    const from = theirs.lines.length;
    await stage.mark(1, 'goes on');
    await eventually(() => isComplete(theirs.lines.slice(from)), 'the change at the colleague');
  },
);

test('[SY27] somebody of whom nothing was heard yet is let in', async () => {
  const reader = await stage.drained({
    token: testToken({ tenantId: stage.tenant.id, userId: 'new', deviceId: 'new' }),
  });
  reader.close();
});

test('[SY15] who left, and what was deleted, goes from the devices of the others', async () => {
  const colleague = await insertColleague();
  const other = await insertTenant(stage.db, 2);
  const device = await stage.device({ token: () => stage.token(colleague) });
  await device.connect();
  await device.db.waitForFirstSync();
  const idsOf = async (table: string) =>
    (await device.db.getAll<{ id: string }>(`SELECT id FROM ${table}`)).map(({ id }) => id);
  expect(await idsOf('users')).toContain(stage.tenant.userId);
  expect(await idsOf('users')).not.toContain(other.userId);
  expect(await idsOf('devices')).toContain(stage.tenant.deviceId);
  await revoke();
  await deactivate();
  for (const table of ['products', 'storage_locations'])
    await stage.db.query(`UPDATE ${table} SET deleted_at = now() WHERE tenant_id = $1`, [stage.tenant.id]);
  await eventually(
    async () =>
      JSON.stringify([await idsOf('users'), await idsOf('devices')]) ===
      JSON.stringify([[colleague.userId], [colleague.deviceId]]),
    'the colleague to see only themselves',
  );
  await eventually(
    async () => (await idsOf('products')).length + (await idsOf('storage_locations')).length === 0,
    'what was deleted to go',
  );
});

test('[SY16] every right that a new token lacks takes its rows away, and brings them back', async () => {
  const rights = ['inventory:read', 'planning:read', 'scanning:read'];
  await stage.db.query(
    `INSERT INTO events (tenant_id, id, name, status, load_at, starts_at, ends_at, return_at)
     VALUES ($1, $1, 'Fair', 'confirmed', now(), now(), now(), now())`,
    [stage.tenant.id],
  );
  await stage.settle();
  let permissions = rights;
  const device = await stage.device({ token: () => stage.token({ permissions, lifeSeconds: 2 }) });
  await device.connect();
  await device.db.waitForFirstSync();
  const countOf = async (table: string) =>
    (await device.db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)).n;
  const counts = async () => `${await countOf('assets')} ${await countOf('events')}`;
  await eventually(async () => (await counts()) === '50 1', 'everything');
  permissions = rights.filter((right) => right !== 'planning:read');
  await eventually(async () => (await counts()) === '50 0', 'the event to go');
  permissions = rights.filter((right) => right !== 'inventory:read');
  await eventually(async () => (await counts()) === '0 1', 'the assets to go, the event to return');
});

test('[SY30] a stream is open for its own device and company alone, and only until its end', async () => {
  await stage.settle();
  const reader = await stage.drained();
  const mine = { tenantId: stage.tenant.id, deviceId: stage.tenant.deviceId };
  const { server } = stage.running;
  expect(server.hasStream(mine)).toBe(true);
  expect(server.hasStream({ ...mine, deviceId: stage.tenant.userId })).toBe(false);
  expect(server.hasStream({ ...mine, tenantId: stage.tenant.userId })).toBe(false);
  reader.close();
  await eventually(() => !server.hasStream(mine), 'the end of the stream');
});
