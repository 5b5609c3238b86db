import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '#testing/running-sync-server.ts';
import { SyncStage } from '#testing/sync-stage.ts';

let stage: SyncStage;
let waitedMs: number[];
beforeEach(async () => {
  stage = await SyncStage.create();
  waitedMs = [];
  const write = (line: string) => {
    const { retryMs } = JSON.parse(line) as { retryMs?: number };
    if (retryMs !== undefined) waitedMs.push(retryMs);
  };
  await stage.start({ logger: pino({ level: 'warn' }, { write }) });
});
afterEach(() => stage.close());

/** As a restart of PostgreSQL does. */
async function cutConnections(): Promise<void> {
  await stage.db.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name LIKE 'eventkit sync %'`,
  );
}

test('[SY31] a database that comes and goes is followed again at once each time', async () => {
  const reader = await stage.drained();
  const firstWaitsMs: (number | undefined)[] = [];
  for (let round = 1; round <= 6; round += 1) {
    // More than one wait follows where the old reader of the slot has not gone yet.
    const before = waitedMs.length;
    await cutConnections();
    await eventually(() => waitedMs.length > before, 'the server to notice');
    firstWaitsMs.push(waitedMs[before]);
    await stage.mark(round, `round ${round}`);
    await stage.converge(reader);
  }
  expect(firstWaitsMs).toEqual([100, 100, 100, 100, 100, 100]);
});

test('[SY31] sessions that bring nothing are put off longer and longer', async () => {
  await stage.db.query('ALTER PUBLICATION powersync RENAME TO elsewhere');
  await eventually(() => waitedMs.length >= 4, 'several attempts');
  expect(waitedMs.slice(0, 4)).toEqual([100, 200, 400, 800]);
});
