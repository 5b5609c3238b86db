import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkpointsOf, dataOf, rowsOf } from '#testing/read-lines.ts';
import { SyncStage } from '#testing/sync-stage.ts';
import { insertAssets, insertTenant, type TestTenant } from '#testing/test-tenant.ts';

let stage: SyncStage;
let mine: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  stage = await SyncStage.create();
  mine = stage.tenant;
  other = await insertTenant(stage.db, 2);
  await insertAssets(stage.db, other, 1, 10);
  await stage.start();
});

afterAll(() => stage.close());

test('[SY16] neither rights nor tenants can be asked for', async () => {
  const seen = await stage.drained({ token: stage.token({ userId: 'user', deviceId: 'device' }) });
  seen.close();
  const names = checkpointsOf(seen.lines)[0]?.buckets.map((bucket) => bucket.bucket) ?? [];
  const reader = await stage.drained({
    token: stage.token({ tenantId: other.id, userId: 'user', deviceId: 'device', permissions: [] }),
    body: {
      buckets: names.map((name) => ({ name, after: '0' })),
      parameters: { tenant_id: mine.id, permissions: ['inventory:read'] },
      streams: {
        include_defaults: true,
        subscriptions: [{ stream: 'stock', parameters: { tenant_id: mine.id } }],
      },
    },
  });
  reader.close();
  const opened = checkpointsOf(reader.lines)[0]?.buckets.map((bucket) => bucket.bucket.split('#')[1]);
  expect(opened).toEqual([
    `people|0["${other.id}"]`,
    `own_layouts|0["user","${other.id}"]`,
    `own_notifications|0["user","${other.id}"]`,
    `own_operations|0["device","${other.id}"]`,
  ]);
  expect(dataOf(reader.lines).every((op) => String(op.object_id).startsWith('00000002'))).toBe(true);
});

test('[SY16] every combination of tenant, device and rights gives exactly what SQL says', async () => {
  await stage.db.query(`INSERT INTO events (tenant_id, id, name, status, load_at, starts_at, ends_at, return_at)
    SELECT id, id, 'Fair', 'confirmed', now(), now(), now(), now() FROM tenants ON CONFLICT DO NOTHING`);
  await stage.db.query(`UPDATE users SET deactivated_at = now() WHERE tenant_id = $1`, [other.id]);
  await stage.settle();
  const rights = ['inventory:read', 'planning:read', 'scanning:read'];
  for (const tenant of [mine, other]) {
    for (let mask = 0; mask < 2 ** rights.length; mask += 1) {
      const permissions = rights.filter((_, bit) => (mask >> bit) % 2 === 1);
      const reader = await stage.drained({
        token: stage.token({ tenantId: tenant.id, userId: 'user', deviceId: 'device', permissions }),
        encoding: 'gzip',
      });
      reader.close();
      const { rows } = await stage.db.query<{ row: string }>(
        `SELECT 'products/' || id AS row FROM products WHERE tenant_id = $1 AND deleted_at IS NULL AND $2
         UNION ALL SELECT 'assets/' || id FROM assets WHERE tenant_id = $1 AND deleted_at IS NULL AND $2
         UNION ALL SELECT 'storage_locations/' || id FROM storage_locations WHERE tenant_id = $1 AND $2
         UNION ALL SELECT 'vehicles/' || id FROM vehicles WHERE tenant_id = $1 AND $2
         UNION ALL SELECT 'events/' || id FROM events WHERE tenant_id = $1 AND $3
         UNION ALL SELECT 'users/' || id FROM users WHERE tenant_id = $1 AND deactivated_at IS NULL
         UNION ALL SELECT 'devices/' || id FROM devices WHERE tenant_id = $1 AND revoked_at IS NULL`,
        [tenant.id, permissions.includes('inventory:read'), permissions.includes('planning:read')],
      );
      expect([...rowsOf(reader.lines).keys()].toSorted()).toEqual(rows.map(({ row }) => row).toSorted());
    }
  }
});
