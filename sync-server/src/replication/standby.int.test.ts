import { rmSync } from 'node:fs';
import { isPortTaken } from '@eventkit/database/embedded/free-port.ts';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '@eventkit/database/embedded/start-embedded-postgres.ts';
import { migrate } from '@eventkit/database/migrate.ts';
import { makeDataFolder } from '@eventkit/database/testing/make-data-folder.ts';
import { makeStandby } from '@eventkit/database/testing/make-standby.ts';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkpointsOf } from '#testing/read-lines.ts';
import { eventually } from '#testing/running-sync-server.ts';
import { newsOf, SyncStage } from '#testing/sync-stage.ts';
import { assetId } from '#testing/test-tenant.ts';

let folders: { readonly primary: string; readonly standby: string };
let primary: EmbeddedPostgres;
let standby: EmbeddedPostgres;
let stage: SyncStage;

beforeEach(async () => {
  folders = { primary: makeDataFolder('primary'), standby: makeDataFolder('standby') };
  primary = await startEmbeddedPostgres({
    dataDir: folders.primary,
    settings: { wal_keep_size: '256MB' },
  });
  const { ownerUrl } = primary;
  await migrate(ownerUrl);
  await makeStandby({ ownerUrl, dataDir: folders.primary, standbyDataDir: folders.standby });
  standby = await startEmbeddedPostgres({ dataDir: folders.standby });
  stage = await SyncStage.create({ ownerUrl, drop: async () => undefined });
});

afterEach(async () => {
  await stage.close();
  await Promise.all([primary.stop(), standby.stop()]);
  for (const folder of Object.values(folders)) rmSync(folder, { recursive: true, force: true });
});

async function onStandby<T>(sql: string, values: readonly unknown[] = []): Promise<T | undefined> {
  const client = new Client({ connectionString: standby.ownerUrl });
  await client.connect();
  try {
    return (await client.query<{ value: T }>(`SELECT ${sql} AS value`, [...values])).rows[0]?.value;
  } finally {
    await client.end();
  }
}

async function untilLevel(): Promise<void> {
  const { rows } = await stage.db.query<{ lsn: string }>('SELECT pg_current_wal_lsn() AS lsn');
  const isLevel = () => onStandby<boolean>('pg_last_wal_replay_lsn() >= $1::pg_lsn', [rows[0]?.lsn]);
  await eventually(isLevel, 'the standby to be level');
}

/** The primary is gone for good. */
async function killPrimary(): Promise<void> {
  process.kill(primary.pid, 'SIGKILL');
  await eventually(() => stage.running.server.health().status === 'degraded', 'the server to notice');
}

/** The standby is promoted, and gets the address that the primary had. */
async function promote(): Promise<void> {
  const { port } = primary;
  expect(await onStandby('pg_promote(true, 60)')).toBe(true);
  await standby.stop();
  await eventually(async () => !(await isPortTaken(port)), 'the address to be free');
  standby = await startEmbeddedPostgres({ dataDir: folders.standby, port });
  await stage.reconnect();
}

test('[SY34] a standby that was level takes over: the server follows it by itself, and nothing comes twice', async () => {
  await stage.start();
  const device = await stage.syncedDevice();
  const before = await stage.drained();
  const [seen] = checkpointsOf(before.lines);
  await untilLevel();
  await killPrimary();
  await promote();
  await stage.mark(1, 'after');
  await stage.deviceToConverge(device);
  await stage.untilWell();
  const again = await stage.drained({
    body: { buckets: seen?.buckets.map(({ bucket }) => ({ name: bucket, after: seen.last_op_id })) },
  });
  expect(newsOf(again, 0)).toEqual([`PUT assets/${assetId(stage.tenant, 1)}`]);
}, 120_000);

test('[SY34] what devices were told and a standby that was behind never had, goes from them again', async () => {
  await stage.start();
  const device = await stage.syncedDevice();
  await untilLevel();
  await standby.stop();
  const shown = (serial: string) => () =>
    device.db.getOptional('SELECT 1 FROM assets WHERE serial = ?', [serial]);
  for (let number = 1; number <= 20; number += 1) await stage.mark(number, 'lost');
  await eventually(shown('lost'), 'what will be lost');
  await killPrimary();
  standby = await startEmbeddedPostgres({ dataDir: folders.standby });
  await promote();
  await stage.mark(30, 'kept');
  await stage.deviceToConverge(device);
  expect(await shown('lost')()).toBeNull();
  expect(await shown('kept')()).not.toBeNull();
}, 120_000);
