import type { AssetId, DeviceId, EventId, StorageLocationId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Disposition, Intent, Operation } from '@eventkit/shared/operations/operation.ts';
import {
  arbitraryWork,
  operationsOf,
  recordWork,
} from '@eventkit/sync-server/upload/testing/arbitrary-work.ts';
import { fuzzSettings } from '@eventkit/sync-server/upload/testing/fuzz-settings.ts';
import {
  createTestDevice,
  scanned,
  type TestDevice,
} from '@eventkit/sync-server/upload/testing/test-device.ts';
import {
  openUploadDatabase,
  type UploadDatabase,
} from '@eventkit/sync-server/upload/testing/upload-database.ts';
import { createUploadTenant, type UploadTenant } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type OpenExecutor,
  type OperationExecutor,
  openPostgresExecutor,
  openSqliteExecutor,
} from './operation-executors.ts';

let database: UploadDatabase;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());

let companies = 0;

/** Companies with the same ids, one for each executor. */
async function createTwins(count: number): Promise<UploadTenant[]> {
  companies += 1;
  const twinOf = `contract ${companies}`;
  const twins: UploadTenant[] = [];
  for (let index = 0; index < count; index += 1) {
    const size = { twinOf, devices: 3, users: 3 };
    twins.push(await createUploadTenant(database.ownerPool, `${twinOf} ${index}`, size));
  }
  return twins;
}

async function withExecutor(
  open: OpenExecutor,
  tenant: UploadTenant,
  use: (executor: OperationExecutor) => Promise<void>,
): Promise<void> {
  const executor = await open(database, tenant);
  try {
    await use(executor);
  } finally {
    await executor.close();
  }
}

describe.each([
  ['SQLite', openSqliteExecutor],
  ['PostgreSQL', openPostgresExecutor],
])('operations on %s', (_, open) => {
  /** Plays a story of two people with a device each, and looks at what is left. */
  async function play(story: (stage: Stage) => Operation[], look: (ledger: Outcome) => void): Promise<void> {
    const [tenant] = (await createTwins(1)) as [UploadTenant];
    const stage = stageOf(tenant);
    await withExecutor(open, tenant, async (executor) => {
      const said = await executor.apply(story(stage));
      const { assets, movements, conflicts } = await executor.readLedger();
      const assetOf = (id: AssetId) => assets.find((asset) => asset.id === id);
      look({
        ...stage,
        said: said.map(({ verdict, reason }) => reason ?? verdict),
        assetOf,
        movements,
        conflicts,
      });
    });
  }

  test('a check-out moves the asset to the event', () =>
    play(
      ({ eva, lamp, gala }) => [eva.record(checkOut(lamp, gala))],
      ({ said, assetOf, lamp, gala, movements, conflicts }) => {
        expect(said).toEqual(['applied']);
        expect(assetOf(lamp)).toMatchObject({ place_kind: 'event', place_id: gala, status: 'in_service' });
        expect(movements).toHaveLength(1);
        expect(conflicts).toEqual([]);
      },
    ));

  test('damaged gear comes back into quarantine, and going out again is a conflict', () =>
    play(
      ({ eva, lamp, gala, dock }) => [
        eva.record(checkOut(lamp, gala)),
        eva.record(checkIn(lamp, dock, 'damaged')),
        eva.record(checkOut(lamp, gala)),
      ],
      ({ said, assetOf, lamp, conflicts }) => {
        expect(said).toEqual(['applied', 'applied', 'conflict_open']);
        expect(assetOf(lamp)).toMatchObject({ status: 'quarantined', condition: 'damaged' });
        expect(conflicts).toMatchObject([{ class: 'blocked_went_out', status: 'open' }]);
      },
    ));

  test('two people check one asset out to two events: the later stands, both are told', () =>
    play(
      ({ eva, max, lamp, gala, fair }) => [
        max.record(checkOut(lamp, fair), { at: 5 }),
        eva.record(checkOut(lamp, gala), { at: 3 }),
      ],
      ({ assetOf, lamp, fair, conflicts }) => {
        expect(assetOf(lamp)).toMatchObject({ place_id: fair });
        expect(conflicts).toMatchObject([{ class: 'double_check_out', status: 'open', asset_id: lamp }]);
      },
    ));

  test('a pack takes all its members or none', () =>
    play(
      ({ eva, crate, lamp, amp }) => [
        eva.record(pack(crate, lamp, amp)),
        eva.record({
          kind: 'pack',
          caseId: crate,
          members: [scanned(amp), { code: 'X-9', assetId: null, observed: null }],
        }),
      ],
      ({ said, assetOf, lamp, amp, crate, movements, conflicts }) => {
        expect(said).toEqual(['applied', 'unknown_code']);
        expect([assetOf(lamp)?.place_id, assetOf(amp)?.place_id]).toEqual([crate, crate]);
        // Two that count, and two that wait for the code.
        expect(movements.filter(({ asset_id }) => asset_id === null)).toHaveLength(2);
        expect(movements).toHaveLength(4);
        expect(conflicts).toMatchObject([{ class: 'unknown_code', code: 'X-9' }]);
      },
    ));

  test('an undo puts back what was before, for all members', () =>
    play(
      ({ eva, crate, lamp, amp }) => {
        const packed = eva.record(pack(crate, lamp, amp));
        return [packed, eva.record({ kind: 'undo', operationId: packed.id })];
      },
      ({ assetOf, lamp, amp, home, movements }) => {
        expect([assetOf(lamp)?.place_id, assetOf(amp)?.place_id]).toEqual([home, home]);
        expect(assetOf(lamp)).toMatchObject({ last_movement_id: null, last_moved_at: null });
        expect(movements).toHaveLength(4);
      },
    ));

  test('an asset in two cases is in the later one, with a conflict', () =>
    play(
      ({ eva, max, crate, trunk, lamp }) => [
        eva.record(pack(crate, lamp), { at: 1 }),
        max.record(pack(trunk, lamp), { at: 2 }),
      ],
      ({ assetOf, lamp, trunk, conflicts }) => {
        expect(assetOf(lamp)).toMatchObject({ place_kind: 'case', place_id: trunk });
        expect(conflicts).toMatchObject([{ class: 'two_cases', status: 'open' }]);
      },
    ));

  test('a case never ends up in itself, in whatever order people tell it', () =>
    play(
      ({ eva, max, crate, trunk }) => [
        max.record(pack(crate, trunk), { at: 2 }),
        eva.record(pack(trunk, crate), { at: 1 }),
      ],
      ({ assetOf, crate, trunk, home, conflicts }) => {
        expect(assetOf(crate)).toMatchObject({ place_id: trunk });
        expect(assetOf(trunk)).toMatchObject({ place_id: home });
        expect(conflicts).toMatchObject([
          { class: 'case_in_itself', asset_id: trunk, other_asset_id: crate },
        ]);
      },
    ));

  test('a late check-in changes nothing that happened after it', () =>
    play(
      ({ eva, max, lamp, gala, fair, dock }) => [
        eva.record(checkOut(lamp, gala), { at: 1 }),
        eva.record(checkOut(lamp, fair), { at: 9 }),
        max.record(checkIn(lamp, dock, 'ok'), { at: 5 }),
      ],
      ({ said, assetOf, lamp, fair, conflicts }) => {
        expect(said.at(-1)).toBe('newer_fact_stands');
        expect(assetOf(lamp)).toMatchObject({ place_id: fair });
        expect(conflicts).toEqual([]);
      },
    ));
});

/** Hundreds of operations through two databases, one by one: on a busy machine that takes a while. */
describe('both executors', { timeout: 120_000 }, () => {
  test('make the same rows and say the same of any work of three devices', async () => {
    let conflictCount = 0;
    const property = fc.asyncProperty(arbitraryWork({ maxActs: 24 }), async (acts) => {
      const [inSqlite, inPostgres] = (await createTwins(2)) as [UploadTenant, UploadTenant];
      const operations = recordWork(inSqlite, acts);
      await withExecutor(openSqliteExecutor, inSqlite, (sqlite) =>
        withExecutor(openPostgresExecutor, inPostgres, async (postgres) => {
          expect(await sqlite.apply(operations)).toEqual(await postgres.apply(operations));
          const ledger = await sqlite.readLedger();
          expect(ledger).toEqual(await postgres.readLedger());
          conflictCount += ledger.conflicts.length;
        }),
      );
    });
    await fc.assert(property, fuzzSettings(5, 25));
    expect(conflictCount).toBeGreaterThan(20);
  });

  test('agree on the rows when the devices are heard in another order', async () => {
    const property = fc.asyncProperty(arbitraryWork({ maxActs: 24 }), async (acts) => {
      const [inSqlite, inPostgres] = (await createTwins(2)) as [UploadTenant, UploadTenant];
      const operations = recordWork(inSqlite, acts);
      const oneByOne = inSqlite.deviceIds
        .toReversed()
        .flatMap((id: DeviceId) => operationsOf(id, operations));
      await withExecutor(openSqliteExecutor, inSqlite, (sqlite) =>
        withExecutor(openPostgresExecutor, inPostgres, async (postgres) => {
          await sqlite.apply(operations);
          await postgres.apply(oneByOne);
          expect(await sqlite.readLedger()).toEqual(await postgres.readLedger());
        }),
      );
    });
    await fc.assert(property, fuzzSettings(6, 25));
  });
});

type Stage = {
  readonly eva: TestDevice;
  readonly max: TestDevice;
  readonly lamp: AssetId;
  readonly amp: AssetId;
  readonly crate: AssetId;
  readonly trunk: AssetId;
  readonly gala: EventId;
  readonly fair: EventId;
  readonly home: StorageLocationId;
  readonly dock: StorageLocationId;
};

type Outcome = Stage & {
  readonly said: readonly string[];
  readonly assetOf: (
    id: AssetId,
  ) => Awaited<ReturnType<OperationExecutor['readLedger']>>['assets'][number] | undefined;
} & Pick<Awaited<ReturnType<OperationExecutor['readLedger']>>, 'movements' | 'conflicts'>;

function stageOf(tenant: UploadTenant): Stage {
  const [evasDevice, maxsDevice] = tenant.deviceIds as [DeviceId, DeviceId];
  const [eva, max] = tenant.userIds as [UserId, UserId];
  const [lamp, amp] = tenant.assetIds as [AssetId, AssetId];
  const [crate, trunk] = tenant.caseIds as [AssetId, AssetId];
  const [gala, fair] = tenant.eventIds as [EventId, EventId];
  const [home, dock] = tenant.locationIds as [StorageLocationId, StorageLocationId];
  return {
    eva: createTestDevice(evasDevice, eva),
    max: createTestDevice(maxsDevice, max),
    ...{ lamp, amp, crate, trunk, gala, fair, home, dock },
  };
}

function checkOut(assetId: AssetId, eventId: EventId): Intent {
  return { kind: 'check_out', asset: scanned(assetId), eventId, overrideReason: null };
}

function checkIn(assetId: AssetId, locationId: StorageLocationId, disposition: Disposition): Intent {
  return { kind: 'check_in', asset: scanned(assetId), locationId, disposition, note: null };
}

function pack(caseId: AssetId, ...members: AssetId[]): Intent {
  return { kind: 'pack', caseId, members: members.map(scanned) };
}
