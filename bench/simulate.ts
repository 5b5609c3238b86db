import { cpus, loadavg } from 'node:os';
import type { DeviceId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { runLedgerProperties } from '@eventkit/shared/test/run-ledger-properties.ts';
import { openUploadDatabase, push, testClock } from '@eventkit/sync-server/upload/testing/upload-database.ts';
import { createUploadTenant } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import { runKills } from '@eventkit/tests/faults/kill-run.ts';
import { makeOldQueue } from '@eventkit/tests/faults/old-queue.ts';
import { partitionCells, runMatrix } from '@eventkit/tests/faults/partition-matrix.ts';
import { startRealServer } from '@eventkit/tests/faults/real-server.ts';
import { summariseKills, summariseMatrix } from '@eventkit/tests/faults/summarise.ts';
import { simulate } from '@eventkit/tests/simulation/virtual/simulate.ts';
import type { Bench } from './bench.ts';
import { measureRefold } from './refold.ts';

const OLD_QUEUE = 10_000;
const OLD_BATCH = 500;
/** A few minutes' worth; `npm run simulate`, `npm run properties` and `npm run faults` do all of it. */
const SEEDS = 300;
const SETS_PER_RULE = 1_000;
const MATRIX_SCALE = 100;
const SERVER_KILLS = 5;
const DATABASE_CRASHES = 3;

/** What the ledger and its sync hold under faults, and how long the rare things take. */
export const benchSimulate: Bench = async () => {
  const loadBefore = loadavg()[0] ?? 0;
  const refold = await measureRefold();
  const simulated = await simulate({ seeds: SEEDS });
  const oldQueueSeconds = await measureOldQueue();
  const { sets, countByRule } = runLedgerProperties({ wanted: SETS_PER_RULE, seed: 1, setsAtOnce: 2_000 });
  const faults = await measureFaults();
  return {
    figures: {
      simulated_seeds: simulated.seeds,
      simulated_operations: simulated.operations,
      simulated_faults: simulated.faultCount,
      simulated_hours: Math.round(simulated.virtualHours),
      simulated_violations: simulated.failed.length,
      simulated_s: Math.round(simulated.seconds),
      refold_10k_ms: refold.transactionMs,
      refold_10k_whole_ms: refold.wholeMs,
      refold_10k_first_ms: refold.firstMs,
      refold_10k_fold_ms: refold.foldMs,
      backlog_old_schema_10k_s: oldQueueSeconds,
      property_sets: sets,
      property_sets_per_rule_least: Math.min(...Object.values(countByRule)),
      ...faults,
    },
    budgets: {
      simulated_violations: 0,
      simulated_s: 300,
      refold_10k_ms: 50,
      backlog_old_schema_10k_s: 60,
      partition_runs_bad: 0,
      partition_healed_most_ms: 30_000,
      kills_lost: 0,
    },
    notes: [
      ...simulated.failed.map(({ seed, violations }) => `simulation seed ${seed}: ${violations.join('; ')}`),
      'schema version 1 is the first and present one: the old queue is of the first release, its way up is the identity',
      `partitions: every cell of the matrix once, durations divided by ${MATRIX_SCALE}`,
      `${cpus().length} cores; load before: ${loadBefore.toFixed(1)}`,
    ],
  };
};

async function measureOldQueue(): Promise<number> {
  const database = await openUploadDatabase();
  try {
    const size = { assets: 2_000, cases: 50, events: 50, locations: 100 };
    const tenant = await createUploadTenant(database.ownerPool, 'old queue', size);
    const [deviceId] = tenant.deviceIds as [DeviceId];
    const of = { deviceId, userId: tenant.caller.userId as UserId, endsAtMs: testClock.wallMs() };
    const queue = makeOldQueue(tenant, of, OLD_QUEUE);
    const startedMs = performance.now();
    for (let from = 0; from < OLD_QUEUE; from += OLD_BATCH) {
      const outcomes = await push(
        database.pool,
        tenant.caller,
        deviceId,
        queue.slice(from, from + OLD_BATCH),
      );
      const unread = outcomes.find(({ verdict }) => verdict === 'kept_unread');
      if (unread !== undefined) throw new Error(`operation ${unread.id}: ${unread.reason}`);
    }
    return Math.round((performance.now() - startedMs) / 100) / 10;
  } finally {
    await database.close();
  }
}

async function measureFaults() {
  await using server = await startRealServer();
  const matrix = summariseMatrix(
    await runMatrix(server, {
      cells: partitionCells(MATRIX_SCALE, false),
      repeats: 1,
      atOnce: 4,
      seed: 'bench',
      onRun: () => undefined,
    }),
  );
  const kills = summariseKills([
    await runKills(server, { victim: 'server', rounds: SERVER_KILLS, seed: 'bench server' }),
    await runKills(server, { victim: 'database', rounds: DATABASE_CRASHES, seed: 'bench database' }),
  ]);
  return {
    partition_runs: matrix.runs,
    partition_runs_bad: matrix.runs - matrix.well,
    partition_healed_most_ms: matrix.healedMsMost ?? Number.NaN,
    server_kills: kills.serverKills,
    database_kills: kills.databaseKills,
    kills_lost: kills.lost,
    kills_acknowledged: kills.acknowledged,
  };
}
