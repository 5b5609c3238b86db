import { rmSync } from 'node:fs';
import { startEmbeddedPostgres } from '@eventkit/database/embedded/start-embedded-postgres.ts';
import { migrate } from '@eventkit/database/migrate.ts';
import { makeDataFolder } from '@eventkit/database/testing/make-data-folder.ts';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { eventually } from '#testing/running-sync-server.ts';
import { SyncStage } from '#testing/sync-stage.ts';

test('[SY35] a slot that holds too much of the log is told of in time, in health and metrics, and no more when it is over', async () => {
  const folder = makeDataFolder('slot-alarm');
  const postgres = await startEmbeddedPostgres({
    dataDir: folder,
    settings: { max_slot_wal_keep_size: '96MB', max_wal_size: '64MB', shared_buffers: '32MB' },
  });
  await migrate(postgres.ownerUrl);
  const stage = await SyncStage.create({ ownerUrl: postgres.ownerUrl, drop: async () => undefined });
  const holder = new Client({ connectionString: postgres.ownerUrl });
  await holder.connect();
  const metric = async (name: string) => {
    const found = await stage.running.registry.getSingleMetric(name)?.get();
    return found?.values ?? [];
  };
  try {
    await stage.start();
    expect(stage.running.server.health().problems).toEqual([]);
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE sync.state IN SHARE MODE');
    await stage.mark(1, 'unkept');
    for (let round = 0; round < 16; round += 1)
      await stage.db.query(`SELECT pg_logical_emit_message(false, 'filler', repeat('x', 4000000))`);
    await stage.untilProblem('beyond 96 MB (max_slot_wal_keep_size)');
    const [retained] = await metric('eventkit_sync_slot_retained_bytes');
    expect(retained?.value).toBeGreaterThan(48 * 1024 * 1024);
    expect((await metric('eventkit_sync_slot_limit_bytes'))[0]?.value).toBe(96 * 1024 * 1024);
    expect((await metric('eventkit_sync_replication_lag_seconds'))[0]?.value).toBeGreaterThan(0);
    const statuses = await metric('eventkit_sync_slot_wal_status');
    expect(statuses.reduce((sum, { value }) => sum + value, 0)).toBe(1);
    await holder.query('ROLLBACK');
    await eventually(async () => {
      // The slot lets go of what stands before the oldest transaction that was still running at a checkpoint.
      await stage.db.query('CHECKPOINT');
      await stage.settle();
      return stage.running.server.health().problems.length === 0;
    }, 'the alarm to be over');
    await eventually(
      async () => (await metric('eventkit_sync_replication_lag_seconds'))[0]?.value === 0,
      'the lag to be over',
    );
  } finally {
    await holder.end();
    await stage.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
