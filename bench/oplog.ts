import { ageOplog } from '@eventkit/sync-server/testing/age-oplog.ts';
import type { RawReader } from '@eventkit/sync-server/testing/raw-reader.ts';
import { checkpointsOf, checksumsOf, dataOf, isComplete } from '@eventkit/sync-server/testing/read-lines.ts';
import { eventually } from '@eventkit/sync-server/testing/running-sync-server.ts';
import { SyncStage } from '@eventkit/sync-server/testing/sync-stage.ts';
import { insertAssets } from '@eventkit/sync-server/testing/test-tenant.ts';
import type { BenchResult } from './bench.ts';
import { median } from './bench.ts';

const ROUNDS = 5;
/** EVENTKIT_OPERATIONS says another number, for a quick look. */
const OPERATIONS = Number(process.env['EVENTKIT_OPERATIONS'] ?? 8_000_000);

/**
 * A log of 8,000,000 operations (of which as many rows are live as there are assets): how long a server takes to open it
 * and a device that has all to be told so, before and after the superseded rows are merged.
 */
export async function benchOplog({ assetCount }: { readonly assetCount: number }): Promise<BenchResult> {
  const stage = await SyncStage.create();
  try {
    await insertAssets(stage.db, stage.tenant, 51, assetCount);
    await stage.start();
    await stage.running.stop();
    const { opCount } = await ageOplog(stage.db, Math.max(1, Math.round(OPERATIONS / assetCount) - 1));
    const figures: Record<string, number> = { operations: opCount };
    const open = async () => {
      const startedAt = performance.now();
      await stage.launch();
      await eventually(() => stage.running.server.health().status === 'ok', 'the log to be open', 600_000);
      return Math.round(performance.now() - startedAt) / 1000;
    };
    figures['open_unmerged_s'] = await open();
    figures['reconnect_unmerged_p50_ms'] = await measureReconnect(stage);
    const mergingFrom = performance.now();
    await eventually(
      async () => (await countMerged(stage)) > (opCount - assetCount) * 0.99,
      'the superseded rows to be merged',
      1_800_000,
    );
    figures['merge_s'] = Math.round((performance.now() - mergingFrom) / 100) / 10;
    figures['rows_after'] = await countRows(stage);
    const { rows } = await stage.db.query<{ bytes: string; rows: string }>(
      `SELECT pg_total_relation_size('sync.checksums') AS bytes, (SELECT count(*) FROM sync.checksums) AS rows`,
    );
    figures['checksum_bytes_per_operation'] = Math.round((Number(rows[0]?.bytes) / opCount) * 10) / 10;
    await stage.running.stop();
    figures['open_s'] = await open();
    figures['reconnect_8m_ms'] = await measureReconnect(stage);
    const startedAt = performance.now();
    const fresh = await stage.drained();
    figures['first_download_s'] = Math.round((performance.now() - startedAt) / 10) / 100;
    const sums = checksumsOf(fresh.lines);
    for (const { bucket, checksum } of checkpointsOf(fresh.lines)[0]?.buckets ?? []) {
      if ((sums.get(bucket) ?? 0) !== checksum) throw new Error(`the sum of ${bucket} is wrong`);
    }
    figures['first_download_operations'] = dataOf(fresh.lines).length;
    figures['slot_lost_s'] = await measureLostSlot(stage, fresh);
    return { figures, budgets: { reconnect_8m_ms: 50, slot_lost_s: 60 }, notes: [] };
  } finally {
    await stage.close();
  }
}

/** From the request of a device that has everything to its checkpoint_complete. */
async function measureReconnect(stage: SyncStage): Promise<number> {
  const first = await stage.read();
  const [checkpoint] = await eventually(() => {
    const found = checkpointsOf(first.lines);
    return found.length > 0 && found;
  }, 'a checkpoint');
  first.close();
  const samples: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now();
    const reader = await stage.drained({
      body: {
        buckets: checkpoint?.buckets.map(({ bucket }) => ({ name: bucket, after: checkpoint.last_op_id })),
      },
    });
    samples.push(performance.now() - startedAt);
    if (dataOf(reader.lines).length > 0) throw new Error('a device that has everything was sent something');
    reader.close();
  }
  return median(samples);
}

/** From the loss of the slot until a device that stays connected has what changed meanwhile, and nothing else. */
async function measureLostSlot(stage: SyncStage, reader: RawReader): Promise<number> {
  const from = reader.lines.length;
  const startedAt = performance.now();
  await stage.dropSlot();
  await stage.mark(1, 'while nobody looked');
  await eventually(
    () => dataOf(reader.lines.slice(from)).length > 0 && isComplete(reader.lines),
    'the differences',
    600_000,
  );
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  const sent = dataOf(reader.lines.slice(from)).length;
  if (sent !== 1) throw new Error(`one row changed, and ${sent} operations were sent`);
  return seconds;
}

async function countMerged(stage: SyncStage): Promise<number> {
  const merged = await stage.running.registry.getSingleMetric('eventkit_sync_merged_rows_total')?.get();
  return merged?.values[0]?.value ?? 0;
}

async function countRows(stage: SyncStage): Promise<number> {
  const { rows } = await stage.db.query<{ n: string }>('SELECT count(*) AS n FROM sync.ops');
  return Number(rows[0]?.n);
}
