import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStream } from '#testing/raw-reader.ts';
import { dataOf } from '#testing/read-lines.ts';
import { eventually, runSyncServer, testToken } from '#testing/running-sync-server.ts';
import { SyncStage } from '#testing/sync-stage.ts';
import { assetId } from '#testing/test-tenant.ts';

let stage: SyncStage;

beforeEach(async () => {
  stage = await SyncStage.create();
});

afterEach(() => stage.close());

describe('restarts', () => {
  test('[SY22] a restart of this server loses nothing and copies nothing', async () => {
    await stage.start();
    const device = await stage.syncedDevice();
    const port = Number(new URL(stage.running.url).port);
    await stage.running.stop();
    await stage.mark(1, 'while away');
    await stage.db.query('DELETE FROM assets WHERE tenant_id = $1 AND id = $2', [
      stage.tenant.id,
      assetId(stage.tenant, 2),
    ]);
    await stage.start({ port });
    await stage.mark(3, 'after');
    await stage.deviceToConverge(device);
    const copied = await stage.running.registry.getSingleMetric('eventkit_sync_copied_rows_total')?.get();
    expect(copied?.values[0]?.value ?? 0).toBe(0);
  });

  test('[SY22] connections that are cut come again', async () => {
    await stage.start();
    const device = await stage.syncedDevice();
    await stage.db.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await stage.mark(1, 'after the cut');
    await stage.deviceToConverge(device);
  });
});

describe('two servers on one database', () => {
  test('[SY22] the second says that it waits, and takes over where the first ended', async () => {
    await stage.start();
    const second = await runSyncServer({ ownerUrl: stage.ownerUrl });
    await eventually(
      () => second.server.health().problems.some((problem) => problem.includes('another sync server')),
      'the second to notice',
    );
    await stage.running.stop();
    await stage.mark(1, 'between');
    await eventually(() => second.server.health().status === 'ok', 'the second to take over');
    const reader = await openStream({ url: second.url, token: testToken({ tenantId: stage.tenant.id }) });
    await eventually(() => dataOf(reader.lines).some((op) => op.data?.includes('between')), 'the change');
    reader.close();
    expect(second.server.health().problems).toEqual([]);
    await second.stop();
  });
});

describe('ending', () => {
  test('does not wait for a slot that is being made behind a long transaction', async () => {
    const long = new Client({ connectionString: stage.ownerUrl });
    await long.connect();
    await long.query('BEGIN');
    await stage.mark(1, 'x');
    await long.query('UPDATE users SET name = name');
    await stage.launch();
    await eventually(async () => {
      const { rows } = await stage.db.query<{ n: string }>(
        `SELECT count(*) AS n FROM pg_stat_activity WHERE query LIKE '%create_logical%' AND state = 'active' AND pid <> pg_backend_pid() AND datname = current_database()`,
      );
      return Number(rows[0]?.n) > 0;
    }, 'the slot to be waited for');
    const startedAt = performance.now();
    await stage.running.stop();
    expect(performance.now() - startedAt).toBeLessThan(6000);
    await long.query('ROLLBACK');
    await long.end();
  });
});
