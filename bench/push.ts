import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadavg } from 'node:os';
import { type Client, createClient } from '@connectrpc/connect';
import { connectNodeAdapter, createConnectTransport } from '@connectrpc/connect-node';
import { startEmbeddedPostgres } from '@eventkit/database/embedded/start-embedded-postgres.ts';
import { endPool } from '@eventkit/database/end-pool.ts';
import { migrate } from '@eventkit/database/migrate.ts';
import { createPool } from '@eventkit/database/pool.ts';
import { makeDataFolder } from '@eventkit/database/testing/make-data-folder.ts';
import { SyncService, Verdict } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import { createPostgresBatchStore } from '@eventkit/sync-server/upload/postgres-batch-store.ts';
import type { PushedOperation } from '@eventkit/sync-server/upload/read-pushed.ts';
import { createSyncService } from '@eventkit/sync-server/upload/sync-service.ts';
import { createUploadTenant, type UploadTenant } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import type { Pool } from 'pg';
import { type Bench, median } from './bench.ts';
import { crewsAtWork } from './push-work.ts';

const DEVICES = 50;
const BATCH = 100;
const ROUNDS = 3;
const BATCHES_PER_DEVICE_AND_ROUND = 5;
const BACKLOG = 10_000;
const BACKLOG_BATCH = 500;

/**
 * Operations per second from the wire to the commit: fifty devices at once, each sending batch after batch over HTTP,
 * and one device with thirty days of work. PostgreSQL with its usual durability, everything on this machine.
 */
export const benchPush: Bench = async ({ assetCount }) => {
  const folder = makeDataFolder('bench-push');
  const postgres = await startEmbeddedPostgres({ dataDir: folder });
  await migrate(postgres.ownerUrl);
  const ownerPool = createPool({ url: postgres.ownerUrl, role: 'owner', max: 2, applicationName: 'bench' });
  const tenant = await createUploadTenant(ownerPool, 'bench', {
    users: DEVICES,
    devices: DEVICES + 1,
    locations: 200,
    events: 100,
    assets: assetCount,
    cases: 500,
  });
  await ownerPool.query(
    'ANALYZE tenants, users, devices, products, storage_locations, events, assets, labels',
  );
  const server = await startServer(postgres.ownerUrl, tenant);
  try {
    const loadBefore = loadavg()[0] ?? 0;
    const rates = await measureRates(server.client, tenant, ownerPool);
    const backlogSeconds = await measureBacklog(server.client, tenant);
    return {
      figures: {
        push_ops_per_s: Math.round(median(rates)),
        backlog_10k_s: Math.round(backlogSeconds * 10) / 10,
      },
      budgets: { push_ops_per_s: 5_000, backlog_10k_s: 60 },
      notes: [
        `${DEVICES} devices, batches of ${BATCH}, ${assetCount} assets; rounds: ${rates.map(Math.round).join(', ')} ops/s`,
        `devices, server and PostgreSQL share this machine; load before: ${loadBefore.toFixed(1)}`,
      ],
    };
  } finally {
    await server.close();
    await endPool(ownerPool);
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

async function measureRates(
  client: Client<typeof SyncService>,
  tenant: UploadTenant,
  ownerPool: Pool,
): Promise<number[]> {
  const deviceIds = tenant.deviceIds.slice(0, DEVICES);
  const crews = crewsAtWork(tenant, deviceIds);
  const rates: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const work = crews.map((crew) => crew.take(BATCHES_PER_DEVICE_AND_ROUND * BATCH));
    const startedMs = performance.now();
    await Promise.all(
      work.map((operations, index) => send(client, senderOf(tenant, index), operations, BATCH)),
    );
    const seconds = (performance.now() - startedMs) / 1000;
    const rate = (DEVICES * BATCHES_PER_DEVICE_AND_ROUND * BATCH) / seconds;
    // The first round only warms up, and gives the planner something to know: autovacuum would do so within a minute.
    if (round > 0) rates.push(rate);
    else await ownerPool.query('ANALYZE operations, movements, conflicts, assets');
  }
  return rates;
}

function senderOf({ deviceIds, userIds }: UploadTenant, index: number): Sender {
  return { deviceId: deviceIds[index] ?? '', userId: userIds[index % userIds.length] ?? '' };
}

async function measureBacklog(client: Client<typeof SyncService>, tenant: UploadTenant): Promise<number> {
  const deviceId = tenant.deviceIds[DEVICES];
  if (deviceId === undefined) throw new Error('no device is left');
  const [crew] = crewsAtWork(tenant, [deviceId]);
  const operations = crew?.take(BACKLOG) ?? [];
  const startedMs = performance.now();
  await send(client, { deviceId, userId: tenant.userIds[0] ?? '' }, operations, BACKLOG_BATCH);
  return (performance.now() - startedMs) / 1000;
}

/** Stands in for signing in: everybody sends what they did themselves. */
const USER_HEADER = 'bench-user';

type Sender = { readonly deviceId: string; readonly userId: string };

/** As a device does: the next batch when the one before is answered. */
async function send(
  client: Client<typeof SyncService>,
  { deviceId, userId }: Sender,
  operations: readonly PushedOperation[],
  batchSize: number,
): Promise<void> {
  for (let from = 0; from < operations.length; from += batchSize) {
    const request = {
      deviceId,
      operations: operations.slice(from, from + batchSize) as PushedOperation[],
      queueLength: operations.length - from,
      appVersion: 'bench',
    };
    const { results } = await client.push(request, { headers: { [USER_HEADER]: userId } });
    const lost = results.find(
      ({ verdict }) => verdict === Verdict.KEPT_UNREAD || verdict === Verdict.REFUSED,
    );
    if (lost !== undefined) throw new Error(`operation ${lost.id}: ${lost.reason}`);
  }
}

async function startServer(ownerUrl: string, tenant: UploadTenant) {
  const pool = createPool({ url: ownerUrl, role: 'eventkit_app', max: 16, applicationName: 'bench' });
  const service = createSyncService({
    store: createPostgresBatchStore(pool),
    clock: { wallMs: () => Date.now(), monotonicMs: () => performance.now() },
    callerOf: ({ requestHeader }) => ({
      ...tenant.caller,
      userId: requestHeader.get(USER_HEADER) ?? tenant.caller.userId,
    }),
    deviceOf() {
      throw new Error('no device is leased here');
    },
    logger: console,
    hasStream: () => null,
    metrics: {
      countOperations: () => undefined,
      observeBatch: () => undefined,
      countUnavailable: () => undefined,
      countLost: () => undefined,
    },
  });
  const handler = connectNodeAdapter({ routes: (router) => void router.service(SyncService, service) });
  const server = createServer({ keepAliveTimeout: 60_000 }, handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const transport = createConnectTransport({
    baseUrl: `http://127.0.0.1:${port}`,
    httpVersion: '1.1',
    useBinaryFormat: true,
  });
  return {
    client: createClient(SyncService, transport),
    async close() {
      server.closeAllConnections();
      server.close();
      await endPool(pool);
    },
  };
}
