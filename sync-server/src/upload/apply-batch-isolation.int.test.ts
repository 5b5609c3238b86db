import type {
  AssetId,
  DeviceId,
  EventId,
  OperationId,
  StorageLocationId,
  UserId,
} from '@eventkit/shared/kernel/ids.ts';
import type { Intent, Operation } from '@eventkit/shared/operations/operation.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDevice, scanned } from './testing/test-device.ts';
import { openUploadDatabase, push, readLedger, type UploadDatabase } from './testing/upload-database.ts';
import { createUploadTenant, type UploadTenant, uuidOf } from './testing/upload-tenant.ts';

let database: UploadDatabase;
let own: UploadTenant;
let foreign: UploadTenant;
/** An operation of the other company, with an asset on its event and an unknown code. */
let foreignOperation: Operation;
let foreignSighting: Operation;
/** Its id is used by us too, in the one test about that; the attacks must not find our own. */
let foreignTwin: Operation;

beforeAll(async () => {
  database = await openUploadDatabase();
  own = await createUploadTenant(database.ownerPool, 'own');
  foreign = await createUploadTenant(database.ownerPool, 'foreign');
  await database.ownerPool.query(
    `INSERT INTO labels (tenant_id, id, value, asset_id) VALUES ($1, gen_random_uuid(), 'FOREIGN-ONLY', $2)`,
    [foreign.tenantId, foreign.assetIds[0]],
  );
  const [deviceId] = foreign.deviceIds as [DeviceId];
  const device = createTestDevice(deviceId, foreign.caller.userId as UserId);
  const [eventId] = foreign.eventIds as [EventId];
  const unknown = { code: 'FOREIGN-CODE', assetId: null, observed: null };
  foreignOperation = device.record(checkOut(scanned(foreign.assetIds[0] as AssetId), eventId));
  foreignSighting = device.record(checkOut(unknown, eventId));
  foreignTwin = device.record(checkOut(scanned(foreign.assetIds[1] as AssetId), eventId));
  await push(database.pool, foreign.caller, deviceId, [foreignOperation, foreignSighting, foreignTwin]);
});
afterAll(() => database.close());

function checkOut(
  asset: ReturnType<typeof scanned> | { code: string; assetId: null; observed: null },
  eventId: EventId,
) {
  return { kind: 'check_out', asset, eventId, overrideReason: null } as const;
}

/** The ids of somebody, and ids that nobody has: the answer to both must be the same. */
type Ids = {
  readonly assetId: AssetId;
  readonly caseId: AssetId;
  readonly eventId: EventId;
  readonly locationId: StorageLocationId;
  readonly operationId: OperationId;
  readonly sightingId: OperationId;
  readonly userId: UserId;
  readonly code: string;
};

const attacks: Record<string, (of: Ids) => { intent: Intent; changes?: Partial<Operation> }> = {
  'an asset goes out': ({ assetId }) => ({ intent: checkOut(scanned(assetId), ownEvent()) }),
  'an asset comes in': ({ assetId }) => ({
    intent: {
      kind: 'check_in',
      asset: scanned(assetId),
      locationId: ownLocation(),
      disposition: 'lost',
      note: null,
    },
  }),
  'an own asset goes to an event': ({ eventId }) => ({ intent: checkOut(scanned(ownAsset()), eventId) }),
  'an own asset moves to a location': ({ locationId }) => ({
    intent: { kind: 'move', asset: scanned(ownAsset()), locationId },
  }),
  'an own asset goes into a case': ({ caseId }) => ({
    intent: { kind: 'pack', caseId, members: [scanned(ownAsset())] },
  }),
  'an asset goes into an own case': ({ assetId }) => ({
    intent: {
      kind: 'pack',
      caseId: own.caseIds[0] as AssetId,
      members: [scanned(ownAsset()), scanned(assetId)],
    },
  }),
  'an asset comes out of a case': ({ assetId, caseId }) => ({
    intent: {
      kind: 'unpack',
      caseId,
      members: [scanned(assetId)],
      locationId: ownLocation(),
      casePlace: null,
    },
  }),
  'what the device saw is a place': ({ eventId, caseId }) => ({
    intent: {
      kind: 'unpack',
      caseId: own.caseIds[0] as AssetId,
      members: [
        { ...scanned(ownAsset()), observed: { place: { kind: 'case', id: caseId }, status: 'in_service' } },
      ],
      locationId: null,
      casePlace: { kind: 'event', id: eventId },
    },
  }),
  'a label is scanned': ({ code }) => ({
    intent: checkOut({ code, assetId: null, observed: null }, ownEvent()),
  }),
  'an operation is taken back': ({ operationId }) => ({ intent: { kind: 'undo', operationId } }),
  'a sighting is taken back': ({ sightingId }) => ({ intent: { kind: 'undo', operationId: sightingId } }),
  'somebody is said to have done it': ({ userId }) => ({
    intent: checkOut(scanned(ownAsset()), ownEvent()),
    changes: { recordedBy: userId },
  }),
};

const ownAsset = () => own.assetIds[0] as AssetId;
const ownEvent = () => own.eventIds[0] as EventId;
const ownLocation = () => own.locationIds[0] as StorageLocationId;

describe('applyBatch with the ids of another company', () => {
  test.each(Object.entries(attacks))('[UP11] %s: as if nobody had the id', async (name, attack) => {
    const before = await everythingOf(foreign);
    const [deviceId] = own.deviceIds as [DeviceId];
    const answerTo = async (of: Ids, with_: string) => {
      const { intent, changes } = attack(of);
      const device = createTestDevice(deviceId, own.caller.userId as UserId, `${name} with ${with_}`);
      const [outcome] = await push(database.pool, own.caller, deviceId, [
        device.record(intent, changes ?? {}),
      ]);
      return { verdict: outcome?.verdict, reason: outcome?.reason };
    };
    expect(await answerTo(foreignIds(), 'foreign ids')).toEqual(await answerTo(nobodysIds(), 'nobody ids'));
    expect(await everythingOf(foreign)).toEqual(before);
    expect(await mentionsOf(foreign)).toEqual([]);
  });

  test('[UP11] the same operation id belongs to each company for itself', async () => {
    const [deviceId] = own.deviceIds as [DeviceId];
    const device = createTestDevice(deviceId, own.caller.userId as UserId, 'same id');
    const operation = device.record(checkOut(scanned(ownAsset()), ownEvent()), { id: foreignTwin.id });
    const before = await everythingOf(foreign);
    const [outcome] = await push(database.pool, own.caller, deviceId, [operation]);
    expect(outcome?.verdict).not.toBe('kept_unread');
    expect(await everythingOf(foreign)).toEqual(before);
  });
});

function foreignIds(): Ids {
  return {
    assetId: foreign.assetIds[0] as AssetId,
    caseId: foreign.caseIds[0] as AssetId,
    eventId: foreign.eventIds[0] as EventId,
    locationId: foreign.locationIds[0] as StorageLocationId,
    operationId: foreignOperation.id,
    sightingId: foreignSighting.id,
    userId: foreign.userIds[0] as UserId,
    code: 'FOREIGN-ONLY',
  };
}

function nobodysIds(): Ids {
  const nobody = <Id extends string>(kind: string) => uuidOf(`nobody's ${kind}`) as Id;
  return {
    assetId: nobody('asset'),
    caseId: nobody('case'),
    eventId: nobody('event'),
    locationId: nobody('location'),
    operationId: nobody('operation'),
    sightingId: nobody('sighting'),
    userId: nobody('user'),
    code: 'NOBODYS-CODE',
  };
}

async function everythingOf(tenant: UploadTenant): Promise<unknown> {
  const { rows } = await database.ownerPool.query(
    `SELECT (SELECT count(*) FROM operations WHERE tenant_id = $1) AS operations,
       (SELECT count(*) FROM unreadable_operations WHERE tenant_id = $1) AS unreadable,
       (SELECT count(*) FROM audit_log WHERE tenant_id = $1) AS audited`,
    [tenant.tenantId],
  );
  return { counts: rows, ledger: await readLedger(database.ownerPool, tenant) };
}

/** Rows of our own ledger whose place or asset is one of theirs. */
async function mentionsOf(tenant: UploadTenant): Promise<unknown[]> {
  const theirs = [
    ...tenant.assetIds,
    ...tenant.caseIds,
    ...tenant.eventIds,
    ...tenant.locationIds,
    ...tenant.vehicleIds,
  ];
  const { rows } = await database.ownerPool.query(
    `SELECT id FROM movements WHERE tenant_id = $1 AND (to_id = ANY($2) OR asset_id = ANY($2))
     UNION ALL SELECT id::text FROM assets WHERE tenant_id = $1 AND place_id = ANY($2)
     UNION ALL SELECT id FROM conflicts WHERE tenant_id = $1 AND (event_id = ANY($2) OR asset_id = ANY($2))`,
    [own.tenantId, theirs],
  );
  return rows;
}
