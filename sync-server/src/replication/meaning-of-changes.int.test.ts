import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkpointsOf, dataOf, isComplete } from '#testing/read-lines.ts';
import { eventually } from '#testing/running-sync-server.ts';
import { SyncStage } from '#testing/sync-stage.ts';
import { insertAssets } from '#testing/test-tenant.ts';

let stage: SyncStage;

beforeEach(async () => {
  stage = await SyncStage.create();
});

afterEach(() => stage.close());

test('[SY26] a changed key, TRUNCATE and DELETE arrive as what they mean', async () => {
  await stage.start();
  const device = await stage.syncedDevice();
  await stage.db.query(`INSERT INTO labels (tenant_id, id, value, location_id)
      SELECT tenant_id, id, 'L-' || code, id FROM storage_locations`);
  const idsOf = async () =>
    (await device.db.getAll<{ id: string }>('SELECT id FROM labels ORDER BY id')).map((row) => row.id);
  await eventually(async () => (await idsOf()).length === 1, 'the label');
  const newId = '00000009-0000-7000-8000-000000000009';
  await stage.db.query('ALTER TABLE labels DISABLE TRIGGER USER');
  await stage.db.query('UPDATE labels SET id = $1 WHERE tenant_id = $2', [newId, stage.tenant.id]);
  await eventually(async () => (await idsOf())[0] === newId && (await idsOf()).length === 1, 'the new key');
  await stage.db.query('TRUNCATE labels');
  await eventually(async () => (await idsOf()).length === 0, 'the truncation');
  const port = Number(new URL(stage.running.url).port);
  await stage.running.stop();
  await stage.start({ port });
  expect(await idsOf()).toEqual([]);
});

test('[SY26] large values that an update leaves alone stay', async () => {
  await stage.start();
  const device = await stage.syncedDevice();
  const large = Array.from({ length: 4000 }, (_, at) => String.fromCharCode(97 + ((at * 7919) % 26))).join(
    '',
  );
  await stage.db.query('ALTER TABLE products ALTER COLUMN manufacturer SET STORAGE EXTERNAL');
  await stage.db.query('UPDATE products SET manufacturer = $1 WHERE tenant_id = $2', [
    large,
    stage.tenant.id,
  ]);
  const held = () =>
    device.db.getOptional<{ manufacturer: string }>('SELECT manufacturer, category FROM products');
  await eventually(async () => (await held())?.manufacturer === large, 'the large value');
  await stage.db.query(`UPDATE products SET category = 'sound' WHERE tenant_id = $1`, [stage.tenant.id]);
  await eventually(
    () => device.db.getOptional(`SELECT 1 FROM products WHERE category = 'sound'`),
    'the category',
  );
  expect((await held())?.manufacturer).toBe(large);
  await stage.db.query('UPDATE products SET deleted_at = now() WHERE tenant_id = $1', [stage.tenant.id]);
  await eventually(async () => (await held()) === null, 'the removal');
  await stage.db.query(`UPDATE products SET deleted_at = NULL WHERE tenant_id = $1`, [stage.tenant.id]);
  await eventually(async () => (await held())?.manufacturer === large, 'the product again');
});

test('[SY26] a transaction too large for memory arrives as a whole', async () => {
  await stage.start();
  const reader = await stage.drained();
  const from = reader.lines.length;
  await insertAssets(stage.db, stage.tenant, 51, 30_000);
  await eventually(() => dataOf(reader.lines.slice(from)).length === 29_950, 'all rows');
  await eventually(() => isComplete(reader.lines), 'their checkpoint');
  expect(checkpointsOf(reader.lines.slice(from))).toHaveLength(1);
});
