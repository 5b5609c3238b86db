import { permissionsByRole } from '@eventkit/shared/permissions/roles.ts';
import { syncClaimsOf } from '@eventkit/shared/permissions/sync-claims.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkpointsOf, rowsOf } from '#testing/read-lines.ts';
import { repositoryConfig } from '#testing/running-sync-server.ts';
import { SyncStage } from '#testing/sync-stage.ts';
import { insertTenant } from '#testing/test-tenant.ts';
import { type Diagnosis, diagnoseUser } from './diagnose-user.ts';

let stage: SyncStage;

beforeEach(async () => {
  stage = await SyncStage.create();
});

afterEach(() => stage.close());

async function diagnose(user: string): Promise<Diagnosis> {
  const [found] = await diagnoseUser(stage.db, user);
  if (found === undefined) throw new Error(`nobody is ${user}`);
  return found;
}

const bucketsOf = (found: Diagnosis) => [
  ...found.streams.flatMap(({ buckets }) => buckets),
  ...(found.devices[0]?.ownBuckets ?? []),
];

test('[SY36] it names the buckets that the device of the user is given, with the rows that it gets', async () => {
  await stage.start();
  const { id: tenantId, userId, deviceId } = stage.tenant;
  const claims = syncClaimsOf({
    tenantId,
    deviceId,
    role: 'warehouse',
    permissions: permissionsByRole.warehouse,
  });
  const reader = await stage.drained({ token: stage.token({ permissions: claims.permissions }) });
  const found = await diagnose('U1@example.com');
  expect(found).toMatchObject({ user: { id: userId, role: 'warehouse', isActive: true }, serving: 'newest' });
  const given = checkpointsOf(reader.lines)[0]?.buckets.map(({ bucket, priority }) => ({ bucket, priority }));
  expect(
    bucketsOf(found)
      .map(({ name, priority }) => ({ bucket: name, priority }))
      .toSorted((a, b) => (a.bucket < b.bucket ? -1 : 1)),
  ).toEqual(given?.toSorted((a, b) => (a.bucket < b.bucket ? -1 : 1)));
  const tables = bucketsOf(found).flatMap((bucket) => bucket.tables);
  const held = rowsOf(reader.lines);
  expect(tables.reduce((sum, { rows }) => sum + rows, 0)).toBe(held.size);
  const bytes = [...held.values()].reduce((sum, data) => sum + Buffer.byteLength(data), 0);
  expect(tables.reduce((sum, table) => sum + table.bytes, 0)).toBe(bytes);
  expect(tables.find(({ table }) => table === 'assets')?.rows).toBe(50);
  expect(found.devices).toEqual([expect.objectContaining({ id: deviceId, isRevoked: false })]);
});

test('[SY36] it finds users by id as well, in whatever company, and nobody for another word', async () => {
  await insertTenant(stage.db, 2);
  await stage.db.query(`UPDATE users SET email = 'same@example.com'`);
  await stage.start();
  expect(await diagnoseUser(stage.db, 'same@example.com')).toHaveLength(2);
  expect((await diagnose(stage.tenant.userId)).user.tenantId).toBe(stage.tenant.id);
  expect(await diagnoseUser(stage.db, `' OR true --`)).toEqual([]);
});

test('[SY36] before the first copy is whole nothing is served, and after a changed configuration what was before', async () => {
  expect((await diagnose('u1@example.com')).serving).toBe('nothing');
  await stage.start();
  await stage.running.stop();
  await stage.launch({
    configText: repositoryConfig.replace('code, serial, is_case', 'code, colour, is_case'),
  });
  await stage.untilProblem('colour');
  const found = await diagnose('u1@example.com');
  expect(found.serving).toBe('before');
  expect(bucketsOf(found).flatMap(({ tables }) => tables).length).toBeGreaterThan(3);
});
