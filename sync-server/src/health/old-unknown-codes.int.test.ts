import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AssetId, EventId } from '@eventkit/shared/kernel/ids.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openUploadDatabase, type UploadDatabase } from '#upload/testing/upload-database.ts';
import { createHealthCompany } from './testing/health-company.ts';

let database: UploadDatabase;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());

const folder = new URL('../../../migrations/', import.meta.url);
const [file] = readdirSync(folder).filter((name) => name.endsWith('_old_unknown_codes.sql'));

/** The database as the version before labels left it: the conflict of that time, and no movement. */
async function forgetLabels({ id, intent }: Operation, tenantId: string): Promise<void> {
  if (intent.kind !== 'check_out') throw new Error('only check-outs are made old here');
  const values = [tenantId, id];
  await database.ownerPool.query('DELETE FROM conflicts WHERE tenant_id = $1 AND operation_id = $2', values);
  await database.ownerPool.query('DELETE FROM movements WHERE tenant_id = $1 AND operation_id = $2', values);
  await database.ownerPool.query(
    `INSERT INTO conflicts (tenant_id, id, class, status, operation_id, event_id, code, opened_at)
     SELECT tenant_id, 'unknown_code:' || id, 'unknown_code', 'open', id, $3, $4, effective_at
     FROM operations WHERE tenant_id = $1 AND id = $2`,
    [...values, intent.eventId, intent.asset.code],
  );
}

async function migrateAgain(): Promise<void> {
  const client = await database.ownerPool.connect();
  try {
    await client.query('BEGIN');
    await client.query(readFileSync(fileURLToPath(new URL(file ?? '', folder)), 'utf8'));
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

test('[UP21] [LB4] a scan from before labels had a history waits like any other, and counts once its code is known', async () => {
  const company = await createHealthCompany(database, 'old unknown codes');
  const { tenant, device, send, retry, query, stored } = company;
  const [assetId] = tenant.assetIds as [AssetId];
  const scan = device.record({
    kind: 'check_out',
    asset: { code: 'X-9', assetId: null, observed: null },
    eventId: tenant.eventIds[0] as EventId,
    overrideReason: null,
  });
  await send([scan]);
  const [before] = await stored();
  await forgetLabels(scan, tenant.tenantId);

  await migrateAgain();
  expect(await stored()).toEqual([]);
  expect(await query('SELECT id FROM conflicts WHERE tenant_id = $1')).toEqual([]);
  expect(await retry()).toEqual({ takenCount: 1, keptCount: 0 });
  expect(await stored()).toEqual([before]);
  const conflicts = () => query('SELECT code, status, subject FROM conflicts WHERE tenant_id = $1');
  expect(await conflicts()).toEqual([{ code: 'X-9', status: 'open', subject: 'labels:X-9' }]);

  await send([
    device.record({
      kind: 'assign_label',
      code: 'X-9',
      target: { kind: 'asset', id: assetId },
      observed: null,
    }),
  ]);
  expect(await conflicts()).toMatchObject([{ status: 'settled' }]);
  expect(await query(`SELECT asset_id FROM movements WHERE tenant_id = $1 AND kind = 'check_out'`)).toEqual([
    { asset_id: assetId },
  ]);
});

test('what was scanned with labels as they are is left alone by it', async () => {
  const company = await createHealthCompany(database, 'new unknown codes');
  const { tenant, device, send, query, stored } = company;
  await send([
    company.checkOut(),
    device.record({
      kind: 'check_out',
      asset: { code: 'X-9', assetId: null, observed: null },
      eventId: tenant.eventIds[0] as EventId,
      overrideReason: null,
    }),
  ]);
  const all = async () => [await stored(), await query('SELECT * FROM conflicts WHERE tenant_id = $1')];
  const before = await all();
  await migrateAgain();
  expect(await all()).toEqual(before);
  expect(await company.kept()).toEqual([]);
});
