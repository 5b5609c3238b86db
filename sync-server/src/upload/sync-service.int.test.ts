import { Code, ConnectError, createClient, createRouterTransport } from '@connectrpc/connect';
import { createPool } from '@eventkit/database/pool.ts';
import { ErrorDetailSchema } from '@eventkit/proto/gen/eventkit/v1/error_pb.ts';
import { SyncService, Verdict } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import type { AssetId, DeviceId, EventId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPostgresBatchStore } from './postgres-batch-store.ts';
import { createPushMetrics } from './push-metrics.ts';
import { createSyncService, type SyncServiceCapabilities } from './sync-service.ts';
import { createTestDevice, pushedOf, scanned } from './testing/test-device.ts';
import { openUploadDatabase, testClock, type UploadDatabase } from './testing/upload-database.ts';
import { createUploadTenant, type UploadTenant, uuidOf } from './testing/upload-tenant.ts';

let database: UploadDatabase;
let tenant: UploadTenant;
beforeAll(async () => {
  database = await openUploadDatabase();
  tenant = await createUploadTenant(database.ownerPool, 'service');
});
afterAll(() => database.close());

type LogLine = Record<string, unknown>;

function startService(overrides: Partial<SyncServiceCapabilities> = {}) {
  const logged: LogLine[] = [];
  const log = (line: unknown) => logged.push(line as LogLine);
  const registry = new Registry();
  const service = createSyncService({
    store: createPostgresBatchStore(database.pool),
    clock: { ...testClock, monotonicMs: () => 0 },
    callerOf: () => tenant.caller,
    deviceOf: () => ({ ...tenant.caller, deviceId: tenant.deviceIds[0] as DeviceId }),
    logger: { warn: log, error: log },
    metrics: createPushMetrics(registry),
    hasStream: () => null,
    ...overrides,
  });
  const transport = createRouterTransport(({ service: serve }) => void serve(SyncService, service));
  return { client: createClient(SyncService, transport), logged, registry };
}

function recordCheckOut(name: string) {
  const [deviceId] = tenant.deviceIds as [DeviceId];
  const device = createTestDevice(deviceId, tenant.caller.userId as UserId, name);
  return device.record({
    kind: 'check_out',
    asset: scanned(tenant.assetIds[0] as AssetId),
    eventId: tenant.eventIds[0] as EventId,
    overrideReason: null,
  });
}

describe('SyncService', () => {
  test('Push answers a verdict for each operation, counts them and tells of what it kept', async () => {
    const { client, logged, registry } = startService();
    const damaged = { id: uuidOf('damaged at the service'), envelope: Uint8Array.of(255) };
    const { results } = await client.push({
      deviceId: tenant.deviceIds[0]?.toUpperCase() ?? '',
      operations: [pushedOf(recordCheckOut('answers')), damaged],
      queueLength: 0,
      appVersion: '1',
    });
    expect(results.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      [Verdict.APPLIED, ''],
      [Verdict.KEPT_UNREAD, 'unreadable'],
    ]);
    expect(logged).toMatchObject([{ operationId: damaged.id, tenantId: tenant.tenantId }]);
    const metrics = await registry.metrics();
    expect(metrics).toContain('eventkit_push_operations_total{verdict="applied"} 1');
    expect(metrics).toContain('eventkit_push_operations_total{verdict="kept_unread"} 1');
    expect(metrics).toContain('eventkit_push_batch_seconds_count 1');
  });

  test('[UP10] Push refuses a device that is not registered', async () => {
    const { client } = startService();
    const pushing = client.push({
      deviceId: uuidOf('not registered'),
      operations: [pushedOf(recordCheckOut('refused'))],
    });
    expect(await codeOf(pushing)).toBe(Code.PermissionDenied);
  });

  test('[UP9] Push says unavailable where the database is away, and tells people', async () => {
    const nowhere = createPool({
      url: 'postgres://nobody@127.0.0.1:9/nowhere',
      role: 'eventkit_app',
      max: 1,
      applicationName: 'nowhere',
    });
    const { client, logged, registry } = startService({ store: createPostgresBatchStore(nowhere) });
    const pushing = client.push({
      deviceId: tenant.deviceIds[0] ?? '',
      operations: [pushedOf(recordCheckOut('away'))],
    });
    expect(await codeOf(pushing)).toBe(Code.Unavailable);
    expect(logged).toHaveLength(1);
    expect(await registry.metrics()).toContain('eventkit_push_unavailable_total 1');
    await nowhere.end();
  });

  test('[UP20] ReportDevice tells people of a lost storage, and refuses a revoked device by name', async () => {
    const { client, logged, registry } = startService();
    const deviceId = tenant.deviceIds[1] ?? '';
    const lostStorages = [{ epoch: uuidOf('gone'), lastSequence: 4n }];
    await client.reportDevice({ deviceId, epoch: uuidOf('here'), lostStorages });
    expect(logged).toMatchObject([{ deviceId, epoch: uuidOf('gone'), missingCount: 4 }]);
    expect(await registry.metrics()).toContain('eventkit_device_operations_lost_total 4');

    await database.ownerPool.query('UPDATE devices SET revoked_at = now() WHERE tenant_id = $1 AND id = $2', [
      tenant.tenantId,
      deviceId,
    ]);
    const refused = await client.reportDevice({ deviceId, epoch: uuidOf('here') }).catch(ConnectError.from);
    expect(refused).toMatchObject({ code: Code.PermissionDenied });
    const details = refused instanceof ConnectError ? refused.findDetails(ErrorDetailSchema) : [];
    expect(details).toMatchObject([{ reason: 'device_revoked' }]);
  });

  test('GetTime tells the time of the server in microseconds', async () => {
    const { client } = startService();
    const { serverTimeMicros } = await client.getTime({});
    expect(serverTimeMicros).toBe(BigInt(testClock.wallMs()) * 1000n);
  });

  test('FindStream asks for a device of the caller, and says nothing where it does not know', async () => {
    const asked: unknown[] = [];
    const [deviceId = ''] = tenant.deviceIds;
    const { client } = startService({
      hasStream(of) {
        asked.push(of);
        return false;
      },
    });
    expect((await client.findStream({ deviceId: deviceId.toUpperCase() })).isOpen).toBe(false);
    expect(asked).toEqual([{ tenantId: tenant.tenantId, deviceId }]);
    expect((await startService().client.findStream({ deviceId })).isOpen).toBeUndefined();
  });
});

async function codeOf(call: Promise<unknown>): Promise<Code | null> {
  try {
    await call;
    return null;
  } catch (error) {
    return ConnectError.from(error).code;
  }
}
