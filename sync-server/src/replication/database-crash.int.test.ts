import { rmSync } from 'node:fs';
import { startEmbeddedPostgres } from '@eventkit/database/embedded/start-embedded-postgres.ts';
import { migrate } from '@eventkit/database/migrate.ts';
import { makeDataFolder } from '@eventkit/database/testing/make-data-folder.ts';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { createDevice } from '#testing/device.ts';
import { eventually, runSyncServer, testToken } from '#testing/running-sync-server.ts';
import { insertAssets, insertTenant } from '#testing/test-tenant.ts';

async function connect(url: string): Promise<Client> {
  const db = new Client({ connectionString: url });
  db.on('error', () => undefined);
  await db.connect();
  return db;
}

test('[SY22] killing PostgreSQL again and again loses nothing that was committed', async () => {
  const folder = makeDataFolder('crash');
  let postgres = await startEmbeddedPostgres({ dataDir: folder });
  const { port, ownerUrl } = postgres;
  await migrate(ownerUrl);
  let db = await connect(ownerUrl);
  const tenant = await insertTenant(db, 1);
  await insertAssets(db, tenant, 1, 200);
  const running = await runSyncServer({ ownerUrl });
  const device = await createDevice({
    url: () => running.url,
    token: () => testToken({ tenantId: tenant.id, deviceId: tenant.deviceId }),
  });
  try {
    await eventually(() => running.server.health().status === 'ok', 'the first copy');
    await device.connect();
    await device.db.waitForFirstSync();
    for (let round = 1; round <= 3; round += 1) {
      const writing = (async () => {
        for (let step = 0; ; step += 1) {
          try {
            await db.query('UPDATE assets SET serial = $1 WHERE tenant_id = $2 AND right(code, 1) = $3', [
              `${round}/${step}`,
              tenant.id,
              String(step % 10),
            ]);
          } catch {
            return step;
          }
        }
      })();
      await eventually(
        () => device.db.getOptional('SELECT 1 FROM assets WHERE serial LIKE ?', [`${round}/%`]),
        'changes under way',
      );
      process.kill(postgres.pid, 'SIGKILL');
      expect(await writing).toBeGreaterThan(0);
      await eventually(() => running.server.health().status === 'degraded', 'the server to notice');
      postgres = await startEmbeddedPostgres({ dataDir: folder, port });
      db = await connect(ownerUrl);
      await eventually(async () => {
        const { rows } = await db.query('SELECT id::text, serial FROM assets ORDER BY id');
        const held = await device.db.getAll('SELECT id, serial FROM assets ORDER BY id');
        return JSON.stringify(rows) === JSON.stringify(held);
      }, 'the device to hold what was committed');
    }
  } finally {
    await device.close();
    await running.stop();
    await db.end();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
