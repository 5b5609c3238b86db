import type { AssetId, DeviceId, EventId, StorageLocationId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { foldAssets } from '@eventkit/shared/ledger/fold-assets.ts';
import type { KeptStanding } from '@eventkit/shared/ledger/kept-standing.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { type MovementRow, movementOfRow } from '@eventkit/shared/schema/ledger-rows.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arbitraryWork, recordWork } from './testing/arbitrary-work.ts';
import { fuzzSettings } from './testing/fuzz-settings.ts';
import { createTestDevice, scanned } from './testing/test-device.ts';
import { openUploadDatabase, push, readLedger, type UploadDatabase } from './testing/upload-database.ts';
import { createUploadTenant, type UploadTenant } from './testing/upload-tenant.ts';

let database: UploadDatabase;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());

const none = { factsBetweenStandings: Number.POSITIVE_INFINITY };

async function standingsOf({ tenantId }: UploadTenant): Promise<KeptStanding[]> {
  const { rows } = await database.ownerPool.query<{
    asset_id: AssetId;
    as_of: Instant;
    content: Pick<KeptStanding, 'standing' | 'open'>;
  }>('SELECT asset_id, as_of, content FROM asset_standings WHERE tenant_id = $1 ORDER BY asset_id, as_of', [
    tenantId,
  ]);
  return rows.map(({ asset_id, as_of, content }) => ({ assetId: asset_id, asOf: as_of, ...content }));
}

/** Each is what the movements up to then come to. */
async function expectTrue(tenant: UploadTenant, standings: readonly KeptStanding[]): Promise<void> {
  const { rows } = await database.ownerPool.query<MovementRow>(
    'SELECT * FROM movements WHERE tenant_id = $1 AND asset_id IS NOT NULL',
    [tenant.tenantId],
  );
  const movements = rows.map(movementOfRow);
  const baseline = { kind: 'location', id: tenant.locationIds[0] as StorageLocationId } as const;
  for (const { assetId, asOf, standing, open } of standings) {
    const until = movements.filter(({ kind, effectiveAt }) => kind === 'undo' || effectiveAt <= asOf);
    const fold = foldAssets([{ id: assetId, baseline }], until);
    expect(fold.statesById.get(assetId)).toEqual(standing.state);
    expect(fold.conflicts.filter(({ status }) => status === 'open')).toEqual(open);
  }
}

describe('standings of assets', () => {
  test('[UP22] with them everything comes to the same as without, in any order of arrival, and they are true', async () => {
    let companies = 0;
    let keptCount = 0;
    const work = arbitraryWork({ maxActs: 60 }).chain((acts) =>
      fc.record({ acts: fc.constant(acts), order: fc.shuffledSubarray([0, 1, 2], { minLength: 3 }) }),
    );
    const property = fc.asyncProperty(work, async ({ acts, order }) => {
      companies += 1;
      const size = { devices: 3, users: 3, assets: 2, cases: 1, twinOf: `standings ${companies}` };
      const tried = await createUploadTenant(database.ownerPool, `${size.twinOf} tried`, size);
      const plain = await createUploadTenant(database.ownerPool, `${size.twinOf} plain`, size);
      const operations = recordWork(tried, acts);
      for (const device of order) {
        const deviceId = tried.deviceIds[device] as DeviceId;
        const own = operations.filter((operation) => operation.deviceId === deviceId);
        for (let from = 0; from < own.length; from += 3) {
          const batch = own.slice(from, from + 3);
          const outcomes = await push(database.pool, tried.caller, deviceId, batch, {
            factsBetweenStandings: 1,
          });
          expect(await push(database.pool, plain.caller, deviceId, batch, none)).toEqual(outcomes);
        }
      }
      expect(await readLedger(database.ownerPool, tried)).toEqual(
        await readLedger(database.ownerPool, plain),
      );
      const standings = await standingsOf(tried);
      keptCount += standings.length;
      await expectTrue(tried, standings);
      expect(await standingsOf(plain)).toEqual([]);
    });
    await fc.assert(property, fuzzSettings(22, 15));
    expect(keptCount).toBeGreaterThan(40);
  });

  test('[UP22] what comes late is decided on what lies between two of them, and those in between go', async () => {
    const { tenant, there, record, send } = await longHistory('late', 40);
    const before = await standingsOf(tenant);
    expect(before.length).toBeGreaterThan(10);
    // A move of what was at the event then, and moved again after it: nobody sees a difference now.
    const late = record(
      { kind: 'move', asset: scanned(tenant.assetIds[0] as AssetId), locationId: there },
      21.5,
    );
    const [outcome] = await send([late]);
    expect(outcome).toMatchObject({ verdict: 'superseded', reason: 'newer_fact_stands' });
    const after = await standingsOf(tenant);
    await expectTrue(tenant, after);
    expect(after.map(({ asOf }) => asOf)).toEqual(before.map(({ asOf }) => asOf));

    // What it says holds for everything after it: nothing that was kept is true any more.
    const retired = {
      kind: 'retire',
      asset: scanned(tenant.assetIds[0] as AssetId),
      reason: 'sold',
    } as const;
    expect(await send([record(retired, 22.5)])).toMatchObject([{ verdict: 'conflicted' }]);
    const anew = await standingsOf(tenant);
    await expectTrue(tenant, anew);
    expect(anew.at(-1)?.standing.state.status).toBe('retired');
  });

  test.each([
    ['changes', "UPDATE movements SET effective_at = effective_at + interval '1 s' WHERE id = $1"],
    ['takes away', 'DELETE FROM movements WHERE id = $1'],
    [
      'adds',
      `INSERT INTO movements SELECT (jsonb_populate_record(m, jsonb_build_object('id', $1 || '0'))).*
        FROM movements m WHERE id = $1`,
    ],
  ])('[UP22] what somebody %s by SQL makes all that is kept of its asset go', async (act, sql) => {
    const { tenant } = await longHistory(act, 12);
    const { tenant: other } = await longHistory(`beside: ${act}`, 12);
    const kept = await standingsOf(other);
    expect(kept.length).toBeGreaterThan(2);
    expect(await standingsOf(tenant)).toHaveLength(kept.length);
    const { rows } = await database.ownerPool.query<{ id: string }>(
      'SELECT id FROM movements WHERE tenant_id = $1 ORDER BY effective_at OFFSET 5 LIMIT 1',
      [tenant.tenantId],
    );
    await database.ownerPool.query(sql, [rows[0]?.id]);
    expect(await standingsOf(tenant)).toEqual([]);
    expect(await standingsOf(other)).toEqual(kept);
  });
});

/** One asset that goes out, comes back and is moved, so often, a minute apart; and somebody who comes late. */
async function longHistory(name: string, facts: number) {
  const tenant = await createUploadTenant(database.ownerPool, name);
  const [deviceId, otherId] = tenant.deviceIds as [DeviceId, DeviceId];
  const [userId, otherUserId] = tenant.userIds as [UserId, UserId];
  const [here, there] = tenant.locationIds as [StorageLocationId, StorageLocationId];
  const asset = scanned(tenant.assetIds[0] as AssetId);
  const device = createTestDevice(deviceId, userId);
  const operations = Array.from({ length: facts }, (_, index): Operation => {
    const at = { at: index + 1 };
    const locationId = index % 2 === 0 ? here : there;
    if (index % 3 === 1) return device.record({ kind: 'move', asset, locationId }, at);
    if (index % 3 === 2) {
      return device.record({ kind: 'check_in', asset, locationId, disposition: 'ok', note: null }, at);
    }
    return device.record(
      { kind: 'check_out', asset, eventId: tenant.eventIds[0] as EventId, overrideReason: null },
      at,
    );
  });
  await push(database.pool, tenant.caller, deviceId, operations);
  const latecomer = createTestDevice(otherId, otherUserId);
  return {
    tenant,
    there,
    record: (intent: Operation['intent'], at: number) => latecomer.record(intent, { at }),
    send: (late: readonly Operation[]) => push(database.pool, tenant.caller, otherId, late),
  };
}
