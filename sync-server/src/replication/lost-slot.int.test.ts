import { rmSync } from 'node:fs';
import { startEmbeddedPostgres } from '@eventkit/database/embedded/start-embedded-postgres.ts';
import { migrate } from '@eventkit/database/migrate.ts';
import { makeDataFolder } from '@eventkit/database/testing/make-data-folder.ts';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { eventually } from '#testing/running-sync-server.ts';
import { newsOf, SyncStage } from '#testing/sync-stage.ts';
import { assetId } from '#testing/test-tenant.ts';

test('[SY23] a slot that PostgreSQL has given up, as it held too much of the log, costs only the differences', async () => {
  const folder = makeDataFolder('lost-slot');
  const postgres = await startEmbeddedPostgres({
    dataDir: folder,
    settings: {
      max_slot_wal_keep_size: '1MB',
      max_wal_size: '32MB',
      min_wal_size: '32MB',
      shared_buffers: '32MB',
    },
  });
  await migrate(postgres.ownerUrl);
  const stage = await SyncStage.create({ ownerUrl: postgres.ownerUrl, drop: async () => undefined });
  const holder = new Client({ connectionString: postgres.ownerUrl });
  await holder.connect();
  try {
    await stage.start();
    const reader = await stage.drained();
    const from = reader.lines.length;
    // The server cannot keep what it reads, so it acknowledges nothing, while the log grows.
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE sync.state IN SHARE MODE');
    await stage.mark(1, 'unkept');
    await stage.db.query('DELETE FROM assets WHERE id = $1', [assetId(stage.tenant, 2)]);
    await eventually(async () => {
      await stage.db.query(
        `SELECT pg_logical_emit_message(false, 'filler', repeat('x', 4000000)), pg_switch_wal()`,
      );
      await stage.db.query('CHECKPOINT');
      const { rows } = await stage.db.query<{ status: string }>(
        'SELECT wal_status AS status FROM pg_replication_slots WHERE database = current_database()',
      );
      return rows[0]?.status === 'lost';
    }, 'the slot to be lost');
    await stage.mark(3, 'unsent');
    await holder.query('ROLLBACK');
    await stage.converge(reader);
    await stage.untilWell();
    const name = (number: number) => `assets/${assetId(stage.tenant, number)}`;
    expect(newsOf(reader, from)).toEqual(
      [`PUT ${name(1)}`, `PUT ${name(3)}`, `REMOVE ${name(2)}`].toSorted(),
    );
    const { rows } = await stage.db.query<{ status: string }>(
      'SELECT wal_status AS status FROM pg_replication_slots WHERE database = current_database()',
    );
    expect(rows).toEqual([{ status: 'reserved' }]);
  } finally {
    await holder.end();
    await stage.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
