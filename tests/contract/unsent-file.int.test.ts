import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportUnsent, webSha256 } from '@eventkit/client/features/outbox/export-unsent.ts';
import { decideAllKinds } from '@eventkit/client/platform/operations/decide-all-kinds.ts';
import { recordOperation } from '@eventkit/client/platform/operations/record-operation.ts';
import { openNodeReplica } from '@eventkit/client/platform/replica/open-node-replica.ts';
import type { Replica } from '@eventkit/client/platform/replica/replica.ts';
import { createCorrectedClock } from '@eventkit/client/platform/sync/corrected-clock.ts';
import { createTestClock } from '@eventkit/client/platform/testing/test-clock.ts';
import { download } from '@eventkit/client/platform/testing/test-device.ts';
import { createTestIds } from '@eventkit/client/platform/testing/test-ids.ts';
import { newAsset } from '@eventkit/client/platform/testing/test-stock.ts';
import type { AssetId, DeviceId, EventId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { rowOfAsset } from '@eventkit/shared/schema/ledger-rows.ts';
import { importOperations } from '@eventkit/sync-server/health/import-operations.ts';
import { createPostgresBatchStore } from '@eventkit/sync-server/upload/postgres-batch-store.ts';
import {
  openUploadDatabase,
  push,
  readLedger,
  testClock,
  type UploadDatabase,
} from '@eventkit/sync-server/upload/testing/upload-database.ts';
import { createUploadTenant, type UploadTenant } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

// A device writes the file, the server reads it: the one way on which they meet without a network.
let database: UploadDatabase;
let folder: string;
let replica: Replica;
let north: UploadTenant;
let south: UploadTenant;
let round = 0;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  round += 1;
  north = await createUploadTenant(database.ownerPool, `north ${round}`);
  south = await createUploadTenant(database.ownerPool, `south ${round}`);
  const [assetId] = north.assetIds as [AssetId];
  folder = await mkdtemp(join(tmpdir(), 'eventkit-file-'));
  const deviceId = north.deviceIds[0] as DeviceId;
  replica = await openNodeReplica({ folder, fileName: `${deviceId}.db`, deviceId, newId });
  await download(replica, [
    { table: 'assets', rows: [rowOfAsset(newAsset(assetId, 'A-0'))] },
    { table: 'events', rows: north.eventIds.map((id) => ({ id, name: 'Event' })) },
  ]);
});
afterEach(async () => {
  await replica.close();
  await rm(folder, { recursive: true, force: true });
});

const newId = createTestIds(7);

/** Three check-outs that never reach the network, as the device of the north records them. */
async function recordThree(): Promise<void> {
  const identity = { deviceId: north.deviceIds[0] as DeviceId, userId: north.userIds[0] as UserId };
  const clock = createCorrectedClock(createTestClock(testClock.wallMs()), 0);
  const findDeciding = async () => decideAllKinds;
  const capabilities = { replica, findDeciding, clock, newId, identity };
  for (const eventId of north.eventIds as readonly EventId[]) {
    const asset = { code: 'A-0', assetId: north.assetIds[0] ?? null, observed: null };
    const intent = { kind: 'check_out', asset, eventId, overrideReason: null } as const;
    const recorded = await recordOperation(capabilities, intent);
    if (!recorded.ok) throw new Error(recorded.error.problem);
  }
}

async function writeFile(): Promise<string> {
  const { text } = await exportUnsent(replica, {
    tenantId: north.tenantId,
    deviceId: north.deviceIds[0] as DeviceId,
    deviceName: 'Dock 2',
    appVersion: '1',
    madeAt: instantOfMs(testClock.wallMs()),
    sha256: webSha256,
  });
  return text;
}

function bring(text: string, to: UploadTenant) {
  const ports = { pool: database.pool, store: createPostgresBatchStore(database.pool), clock: testClock };
  return importOperations(ports, to.caller, new TextEncoder().encode(text));
}

async function outcomesOf(bringing: ReturnType<typeof bring>) {
  const imported = await bringing;
  if (!imported.ok) throw new Error(imported.error.kind);
  const { isWhole, operations } = imported.value;
  return { isWhole, outcomes: operations.map(({ outcome }) => outcome) };
}

const ledgerOf = (tenant: UploadTenant) => readLedger(database.ownerPool, tenant);

describe('what a device saved as a file', () => {
  test('amounts at the server to what sending it would have, and only once by either way', async () => {
    await recordThree();
    const text = await writeFile();
    expect(await outcomesOf(bring(text, north))).toEqual({
      isWhole: true,
      outcomes: ['taken', 'taken', 'taken'],
    });
    const after = await ledgerOf(north);
    expect(after.movements).toHaveLength(3);

    const rows = await replica.getAll<{ id: string; envelope: Uint8Array }>(
      'SELECT operation_id AS id, envelope FROM outbox ORDER BY sequence',
    );
    await push(database.pool, north.caller, north.deviceIds[0] as DeviceId, rows);
    expect(await outcomesOf(bring(text, north))).toEqual({
      isWhole: true,
      outcomes: ['already_there', 'already_there', 'already_there'],
    });
    expect(await ledgerOf(north)).toEqual(after);
  });

  test('changed on the way, brings in what was not changed', async () => {
    await recordThree();
    const json = JSON.parse(await writeFile()) as { operations: { envelope: string }[] };
    const [first, second] = json.operations;
    if (first === undefined || second === undefined) throw new Error('three were recorded');
    second.envelope = first.envelope;
    expect(await outcomesOf(bring(JSON.stringify(json), north))).toEqual({
      isWhole: false,
      outcomes: ['taken', 'damaged', 'taken'],
    });
    expect((await ledgerOf(north)).movements).toHaveLength(2);
  });

  test('goes into its own company and into no other', async () => {
    await recordThree();
    const text = await writeFile();
    const before = [await ledgerOf(north), await ledgerOf(south)];
    expect(await bring(text, south)).toEqual({ ok: false, error: { kind: 'other_company' } });
    const relabelled = text.replace(north.tenantId, south.tenantId);
    expect(await bring(relabelled, south)).toEqual({ ok: false, error: { kind: 'unknown_device' } });
    expect([await ledgerOf(north), await ledgerOf(south)]).toEqual(before);
  });
});
