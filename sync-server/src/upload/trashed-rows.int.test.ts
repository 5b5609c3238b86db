import type { EditFields } from '@eventkit/shared/edits/edit-intents.ts';
import type { AssetId, DeviceId, EventId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDevice, scanned, type TestDevice } from './testing/test-device.ts';
import { openUploadDatabase, push, type UploadDatabase } from './testing/upload-database.ts';
import { createUploadTenant, type UploadTenant } from './testing/upload-tenant.ts';

/*
 * What a device did that did not know of a deletion, as the server decides and writes it: a scan brings the thing back, an
 * edit stands in an event that stays deleted (docs/decisions/0022).
 */

let database: UploadDatabase;
let tenant: UploadTenant;
let device: TestDevice;
let assetId: AssetId;
let eventId: EventId;
let runs = 0;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  runs += 1;
  tenant = await createUploadTenant(database.ownerPool, `trash ${runs}`);
  device = createTestDevice(tenant.deviceIds[0] as DeviceId, tenant.caller.userId as UserId);
  [assetId, eventId] = [tenant.assetIds[0] as AssetId, tenant.eventIds[0] as EventId];
});

const send = (...operations: Parameters<TestDevice['record']>[0][]) =>
  push(
    database.pool,
    tenant.caller,
    tenant.deviceIds[0] as DeviceId,
    operations.map((intent) => device.record(intent)),
  );

async function putAway(table: 'assets' | 'products' | 'events', id: string) {
  await database.ownerPool.query(`UPDATE ${table} SET deleted_at = now() WHERE tenant_id = $1 AND id = $2`, [
    tenant.tenantId,
    id,
  ]);
}

async function rowOf(table: 'assets' | 'products' | 'events', id: string) {
  const { rows } = await database.ownerPool.query(
    `SELECT to_jsonb(t) AS row FROM ${table} t WHERE tenant_id = $1 AND id = $2`,
    [tenant.tenantId, id],
  );
  return rows[0]?.row as Record<string, unknown>;
}

describe('a scan of what was deleted meanwhile', () => {
  it('counts, and brings the thing back with its product and event', async () => {
    await putAway('assets', assetId);
    await putAway('products', tenant.productId);
    await putAway('events', eventId);
    const outcomes = await send({
      ...{ kind: 'check_out', asset: scanned(assetId), eventId, overrideReason: null },
    });
    expect(outcomes).toMatchObject([{ verdict: 'applied' }]);
    expect(await rowOf('assets', assetId)).toMatchObject({ deleted_at: null, place_id: eventId });
    expect(await rowOf('products', tenant.productId)).toMatchObject({ deleted_at: null });
    expect(await rowOf('events', eventId)).toMatchObject({ deleted_at: null });
  });

  it('finds it by its own code too, from a device that had it no more', async () => {
    await putAway('assets', assetId);
    const asset = { code: 'A-0', assetId: null, observed: null };
    const locationId = tenant.locationIds[1];
    if (locationId === undefined) throw new Error('no place to go to');
    await send({ kind: 'move', asset, locationId });
    expect(await rowOf('assets', assetId)).toMatchObject({ deleted_at: null, place_id: locationId });
  });

  it('leaves others where they are', async () => {
    const other = tenant.assetIds[1] as AssetId;
    await putAway('assets', assetId);
    await putAway('assets', other);
    await send({ kind: 'check_out', asset: scanned(assetId), eventId, overrideReason: null });
    expect((await rowOf('assets', other))['deleted_at']).not.toBeNull();
  });
});

describe('an edit of an event that was deleted meanwhile', () => {
  it('stands in it, with its history, and brings nothing back', async () => {
    const before = await rowOf('events', eventId);
    const rename = (saw: string, value: string): EditFields => ({
      kind: 'edit_fields',
      table: 'events',
      rowId: eventId,
      edits: [{ field: 'name', saw, value }],
    });
    await send(rename(String(before['name']), 'Gala'));
    await putAway('events', eventId);
    expect(await send(rename('Gala', 'Gala with dinner'))).toMatchObject([{ verdict: 'applied' }]);
    const row = await rowOf('events', eventId);
    expect(row).toMatchObject({ name: 'Gala with dinner' });
    expect(row['deleted_at']).not.toBeNull();
  });
});
