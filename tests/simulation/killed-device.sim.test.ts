import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openNodeReplica } from '@eventkit/client/platform/replica/open-node-replica.ts';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import {
  openUploadDatabase,
  push,
  type UploadDatabase,
} from '@eventkit/sync-server/upload/testing/upload-database.ts';
import { createUploadTenant, type UploadTenant } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandomSource } from './random-source.ts';

const SEED = process.env['EVENTKIT_SEED'] ?? '1';
const ROUNDS = 4 * Number(process.env['EVENTKIT_RUNS'] ?? 1);

let database: UploadDatabase;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());

test(`I1 I2: a device killed ${ROUNDS} times while it scans loses nothing that it confirmed (seed ${SEED})`, async () => {
  const random = createRandomSource(`killed ${SEED}`);
  const tenant = await createUploadTenant(database.ownerPool, `killed ${SEED}`);
  const [deviceId] = tenant.deviceIds as [DeviceId];
  const folder = await mkdtemp(join(tmpdir(), 'eventkit-killed-'));
  const confirmed: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    confirmed.push(
      ...(await scanUntilKilled(folder, tenant, Math.ceil(random.between(1, 60)), random.between(0, 5))),
    );
  }

  const replica = await openNodeReplica({ folder, fileName: 'replica.db', deviceId, newId: () => deviceId });
  const { integrity } = await replica.get<{ integrity: string }>(
    'SELECT integrity_check AS integrity FROM pragma_integrity_check',
  );
  const queued = await replica.getAll<{ id: string; sequence: number; envelope: Uint8Array }>(
    'SELECT operation_id AS id, sequence, envelope FROM outbox ORDER BY sequence',
  );
  await replica.close();
  await rm(folder, { recursive: true, force: true });

  expect(integrity).toBe('ok');
  const ids = queued.map(({ id }) => id);
  expect(confirmed.filter((id) => !ids.includes(id))).toEqual([]);
  // At most the one under way at each kill was stored without being confirmed.
  expect(ids.length - confirmed.length).toBeLessThanOrEqual(ROUNDS);
  expect(queued.map(({ sequence }) => sequence)).toEqual(ids.map((_, index) => index + 1));

  for (let from = 0; from < queued.length; from += 200) {
    await push(database.pool, tenant.caller, deviceId, queued.slice(from, from + 200));
  }
  const stored = await database.ownerPool.query('SELECT id FROM operations WHERE tenant_id = $1', [
    tenant.tenantId,
  ]);
  expect(stored.rowCount).toBe(queued.length);
  expect(confirmed.length).toBeGreaterThan(ROUNDS);
});

/** Lets the device work until it has confirmed so many, kills it without warning, and answers what it confirmed. */
async function scanUntilKilled(
  folder: string,
  { deviceIds, userIds, eventIds, assetIds }: UploadTenant,
  count: number,
  delayMs: number,
): Promise<string[]> {
  const script = fileURLToPath(new URL('./working-device.ts', import.meta.url));
  const args = [script, folder, deviceIds[0] ?? '', userIds[0] ?? '', eventIds[0] ?? '', ...assetIds];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  child.stdout.on('data', (chunk) => {
    said += chunk;
    if (said.split('\n').length > count) setTimeout(() => child.kill('SIGKILL'), delayMs);
  });
  const signal = await new Promise((resolve) => child.once('close', (_, with_) => resolve(with_)));
  if (signal !== 'SIGKILL') throw new Error(`the device ended by itself: ${complaint}`);
  // The last line may have been cut off by the kill; it was not confirmed then.
  return said.split('\n').slice(0, -1);
}
