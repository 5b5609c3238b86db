import type { AssetId, DeviceId, EventId, StorageLocationId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Unavailable } from './classify-failure.ts';
import { arbitraryWork, operationsOf, recordWork } from './testing/arbitrary-work.ts';
import { fuzzSettings } from './testing/fuzz-settings.ts';
import type { Act } from './testing/intent-of-act.ts';
import { createTestDevice, scanned } from './testing/test-device.ts';
import { openUploadDatabase, push, readLedger, type UploadDatabase } from './testing/upload-database.ts';
import { createUploadTenant, type UploadTenant } from './testing/upload-tenant.ts';

let database: UploadDatabase;
beforeAll(async () => {
  database = await openUploadDatabase({ connections: 16 });
});
afterAll(() => database.close());

let companies = 0;

/** Two companies with the same ids: one for what is tried, one for the plain way. */
async function twins(devices = 3): Promise<[UploadTenant, UploadTenant]> {
  companies += 1;
  const twinOf = `twin ${companies}`;
  const size = { devices, users: devices, twinOf };
  return [
    await createUploadTenant(database.ownerPool, `${twinOf} a`, size),
    await createUploadTenant(database.ownerPool, `${twinOf} b`, size),
  ];
}

async function pushInTurn(tenant: UploadTenant, operations: readonly Operation[]): Promise<void> {
  for (const operation of operations)
    await push(database.pool, tenant.caller, operation.deviceId, [operation]);
}

const ledgerOf = (tenant: UploadTenant) => readLedger(database.ownerPool, tenant);

/** Cuts a device's operations into batches, some of them sent again, some of them together with older ones. */
const arbitraryCuts = fc.array(
  fc.record({ length: fc.integer({ min: 1, max: 9 }), overlap: fc.nat({ max: 4 }) }),
  {
    minLength: 1,
    maxLength: 6,
  },
);

function cutUp(
  operations: readonly Operation[],
  cuts: readonly { length: number; overlap: number }[],
): Operation[][] {
  const batches: Operation[][] = [];
  for (let from = 0, turn = 0; from < operations.length; turn += 1) {
    const { length, overlap } = cuts[turn % cuts.length] as { length: number; overlap: number };
    batches.push(operations.slice(Math.max(0, from - overlap), from + length));
    from += length;
  }
  return batches;
}

describe('applyBatch under load', () => {
  test('[UP17] whole batches in any order of devices come to the same rows as one by one', async () => {
    let conflictCount = 0;
    const property = fc.asyncProperty(arbitraryWork(), arbitraryCuts, async (acts: readonly Act[], cuts) => {
      const [tried, plain] = await twins();
      const operations = recordWork(tried, acts);
      await pushInTurn(plain, operations);
      for (const deviceId of tried.deviceIds.toReversed()) {
        for (const batch of cutUp(operationsOf(deviceId, operations), cuts)) {
          await push(database.pool, tried.caller, deviceId, batch);
        }
      }
      const ledger = await ledgerOf(tried);
      conflictCount += ledger.conflicts.length;
      expect(ledger).toEqual(await ledgerOf(plain));
    });
    await fc.assert(property, fuzzSettings(17, 30));
    expect(conflictCount).toBeGreaterThan(20);
  });

  test('[UP1] [UP17] repeated pushes over many connections at once take effect once', async () => {
    let comparedCount = 0;
    const property = fc.asyncProperty(arbitraryWork({ maxActs: 40 }), arbitraryCuts, async (acts, cuts) => {
      const [tried, plain] = await twins();
      const operations = recordWork(tried, acts);
      await pushInTurn(plain, operations);
      const batches = tried.deviceIds.flatMap((deviceId) => {
        const ofDevice = cutUp(operationsOf(deviceId, operations), cuts).map((batch) => ({
          deviceId,
          batch,
        }));
        return [...ofDevice, ...ofDevice];
      });
      await Promise.all(
        batches.map(({ deviceId, batch }) => push(database.pool, tried.caller, deviceId, batch)),
      );
      await expectOnce(tried, operations);
      // Two connections may bring an undo before what it undoes, or an edit before its line: then it is refused, and
      // the rows differ rightly.
      if ((await refusedTooEarlyCount(tried)) !== (await refusedTooEarlyCount(plain))) return;
      comparedCount += 1;
      expect(await ledgerOf(tried)).toEqual(await ledgerOf(plain));
    });
    await fc.assert(property, fuzzSettings(1, 25));
    expect(comparedCount).toBeGreaterThan(10);
    // Locks are taken in one order: waiting is fine, blocking each other costs a second each time.
    const { rows } = await database.ownerPool.query<{ deadlocks: number }>(
      'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
    );
    expect(rows).toEqual([{ deadlocks: 0 }]);
  });

  test('[UP17] two devices racing for one asset leave what the later of them said', async () => {
    const [tried] = await twins(2);
    const [asset] = tried.assetIds as [AssetId];
    const [here, there] = tried.eventIds as [EventId, EventId];
    const [one, two] = tried.deviceIds as [DeviceId, DeviceId];
    const [eva, max] = tried.userIds as [UserId, UserId];
    const out = (eventId: EventId) =>
      ({ kind: 'check_out', asset: scanned(asset), eventId, overrideReason: null }) as const;
    const earlier = createTestDevice(one, eva);
    const later = createTestDevice(two, max);
    const ofEarlier = Array.from({ length: 20 }, (_, i) => earlier.record(out(here), { at: i }));
    const ofLater = Array.from({ length: 20 }, (_, i) => later.record(out(there), { at: i + 0.5 }));

    await Promise.all(
      ofEarlier.flatMap((operation, index) => [
        push(database.pool, tried.caller, one, [operation]),
        push(database.pool, tried.caller, two, [ofLater[index] as Operation]),
      ]),
    );
    const { assets, conflicts } = await ledgerOf(tried);
    expect(assets.find(({ id }) => id === asset)).toMatchObject({
      place_id: there,
      last_movement_id: `${ofLater[19]?.id}:0`,
    });
    expect(conflicts.filter(({ status }) => status === 'open')).toHaveLength(1);
    expect(conflicts.filter(({ status }) => status === 'settled')).toHaveLength(38);
  });

  test('[UP17] two devices racing for one stock, of which there is no row yet, have taken the sum', async () => {
    const [tried] = await twins(2);
    const { productId } = tried;
    const [shelf] = tried.locationIds as [StorageLocationId];
    const [eventId] = tried.eventIds as [EventId];
    const intent = {
      kind: 'move_bulk',
      productId,
      quantity: 2,
      from: { kind: 'location', id: shelf },
      to: { kind: 'event', id: eventId },
      disposition: null,
      note: null,
    } as const;
    await Promise.all(
      tried.deviceIds.flatMap((deviceId, index) => {
        const device = createTestDevice(deviceId, tried.userIds[index] as UserId);
        return Array.from({ length: 10 }, () =>
          push(database.pool, tried.caller, deviceId, [device.record(intent)]),
        );
      }),
    );
    const { rows } = await database.ownerPool.query<{ id: string; quantity: number }>(
      'SELECT id, quantity FROM bulk_stock WHERE tenant_id = $1 ORDER BY quantity',
      [tried.tenantId],
    );
    expect(rows).toEqual([
      { id: `${productId}:location:${shelf}`, quantity: -40 },
      { id: `${productId}:event:${eventId}`, quantity: 40 },
    ]);
  });

  test('[UP2] [UP9] a connection that is cut in the middle leaves nothing, and the next time succeeds', async () => {
    const [tried] = await twins();
    const [deviceId] = tried.deviceIds as [DeviceId];
    const device = createTestDevice(deviceId, tried.userIds[0] as UserId);
    const operations = tried.assetIds.map((assetId) =>
      device.record({
        kind: 'check_out',
        asset: scanned(assetId),
        eventId: tried.eventIds[0] as EventId,
        overrideReason: null,
      }),
    );
    const before = await ledgerOf(tried);
    // Holding the last conflict-free step back: the batch has stored its operations and waits for an asset.
    const holder = await database.ownerPool.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE movements IN SHARE ROW EXCLUSIVE MODE');
    const pushing = push(database.pool, tried.caller, deviceId, operations);
    const cut = expect(pushing).rejects.toThrow(Unavailable);
    await terminateWaiting();
    await cut;
    await holder.query('ROLLBACK');
    holder.release();

    expect(await ledgerOf(tried)).toEqual(before);
    await expectOnce(tried, []);
    const outcomes = await push(database.pool, tried.caller, deviceId, operations);
    expect(new Set(outcomes.map(({ verdict }) => verdict))).toEqual(new Set(['applied']));
    await expectOnce(tried, operations);
  });

  test('five hundred operations go in one batch', async () => {
    const [tried] = await twins();
    const [deviceId] = tried.deviceIds as [DeviceId];
    const device = createTestDevice(deviceId, tried.userIds[0] as UserId);
    const operations = Array.from({ length: 500 }, (_, index) =>
      device.record({
        kind: 'check_out',
        asset: scanned(tried.assetIds[index % 6] as AssetId),
        eventId: tried.eventIds[index % 3] as EventId,
        overrideReason: null,
      }),
    );
    const outcomes = await push(database.pool, tried.caller, deviceId, operations);
    expect(outcomes).toHaveLength(500);
    await expectOnce(tried, operations);
  });
});

/** Every operation stored once, with one fact for each of its assets, and no other. */
async function expectOnce(tenant: UploadTenant, operations: readonly Operation[]): Promise<void> {
  const { rows } = await database.ownerPool.query<{ id: string }>(
    'SELECT id FROM operations WHERE tenant_id = $1 ORDER BY id',
    [tenant.tenantId],
  );
  expect(rows.map(({ id }) => id)).toEqual(operations.map(({ id }): string => id).toSorted());
  const unread = await database.ownerPool.query('SELECT FROM unreadable_operations WHERE tenant_id = $1', [
    tenant.tenantId,
  ]);
  expect(unread.rowCount).toBe(0);
}

async function refusedTooEarlyCount({ tenantId }: UploadTenant): Promise<number> {
  const { rowCount } = await database.ownerPool.query(
    `SELECT FROM operations WHERE tenant_id = $1 AND verdict = 'refused'
       AND reason IN ('nothing_to_undo', 'unknown_row')`,
    [tenantId],
  );
  return rowCount ?? 0;
}

/** Cuts the first connection of ours that waits for a lock, as soon as there is one. */
async function terminateWaiting(): Promise<void> {
  for (;;) {
    const { rows } = await database.ownerPool.query<{ cut: boolean }>(
      `SELECT pg_terminate_backend(pid) AS cut FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'upload-test' AND wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
  }
}
