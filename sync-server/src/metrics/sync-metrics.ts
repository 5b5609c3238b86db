import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { SlotReading } from '#replication/watch-slot.ts';

/** What an operator sees of the sync server. */
export type SyncMetrics = {
  readonly connections: Gauge;
  readonly sentBytes: Counter<'coding'>;
  readonly copiedRows: Counter;
  readonly replicatedRows: Counter;
  readonly mergedRows: Counter;
  readonly merges: Counter;
  readonly checkpoints: Counter;
  readonly replicationDelay: Histogram;
  readonly isFollowing: Gauge;
};

/** What is only known when somebody asks. */
export type SyncReadings = {
  readonly bucketCount: () => number;
  readonly cachedBytes: () => number;
  readonly head: () => number;
  readonly rowCounts: () => { readonly all: number; readonly superseded: number };
  /** Null where the database does not tell. */
  readonly slot: () => Promise<SlotReading | null>;
  readonly lagMs: () => number;
  readonly checkpointAgeMs: () => number;
  readonly deviceCount: () => number;
  readonly slowReaderCount: () => number;
};

const walStatuses = ['reserved', 'extended', 'unreserved', 'lost', 'missing'] as const;

export function createSyncMetrics(registry: Registry, read: SyncReadings): SyncMetrics {
  const registers = [registry];
  addGauges(registry, read);
  addSlotGauges(registry, read.slot);
  return {
    connections: new Gauge({ name: 'eventkit_sync_connections', help: 'Streams that run', registers }),
    sentBytes: new Counter({
      name: 'eventkit_sync_sent_bytes_total',
      help: 'Bytes of streams as they went out, by their coding',
      labelNames: ['coding'],
      registers,
    }),
    copiedRows: new Counter({
      name: 'eventkit_sync_copied_rows_total',
      help: 'Rows read by copying tables',
      registers,
    }),
    replicatedRows: new Counter({
      name: 'eventkit_sync_replicated_rows_total',
      help: 'Row changes read from the log',
      registers,
    }),
    mergedRows: new Counter({
      name: 'eventkit_sync_merged_rows_total',
      help: 'Rows of superseded operations that compaction removed',
      registers,
    }),
    merges: new Counter({
      name: 'eventkit_sync_merges_total',
      help: 'Transactions of compaction',
      registers,
    }),
    checkpoints: new Counter({
      name: 'eventkit_sync_checkpoints_total',
      help: 'Batches of transactions made visible to clients',
      registers,
    }),
    replicationDelay: new Histogram({
      name: 'eventkit_sync_replication_delay_seconds',
      help: 'From the commit of a transaction until clients get it',
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300],
      registers,
    }),
    isFollowing: new Gauge({
      name: 'eventkit_sync_following',
      help: '1 while the log is being followed',
      registers,
    }),
  };
}

function addGauges(registry: Registry, read: SyncReadings): void {
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name: `eventkit_sync_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  gauge('buckets', 'Buckets that hold operations', read.bucketCount);
  gauge('cached_bytes', 'Encoded lines kept in memory', read.cachedBytes);
  gauge('head', 'The newest operation that clients get', read.head);
  gauge('oplog_rows', 'Rows of operations in the database', () => read.rowCounts().all);
  gauge('oplog_live_rows', 'Rows of operations that nothing superseded', () => {
    const { all, superseded } = read.rowCounts();
    return all - superseded;
  });
  gauge('replication_lag_seconds', 'For how long the log has held what clients cannot get yet', () =>
    seconds(read.lagMs()),
  );
  gauge('checkpoint_age_seconds', 'Since clients could last have everything that the log held', () =>
    seconds(read.checkpointAgeMs()),
  );
  gauge('devices', 'Devices with a stream', read.deviceCount);
  gauge('slow_readers', 'Streams whose client has taken nothing for five seconds', read.slowReaderCount);
}

function addSlotGauges(registry: Registry, slot: SyncReadings['slot']): void {
  const gauge = (name: string, help: string, value: (reading: SlotReading) => number) =>
    new Gauge({
      name: `eventkit_sync_${name}`,
      help,
      registers: [registry],
      async collect() {
        const reading = await slot();
        this.set(reading === null ? -1 : value(reading));
      },
    });
  gauge(
    'wal_lag_bytes',
    'Write-ahead log that is not followed yet; -1 where it cannot be told',
    (reading) => reading.unreadBytes,
  );
  gauge(
    'slot_retained_bytes',
    'Write-ahead log that PostgreSQL keeps for the slot; -1 where it cannot be told',
    (reading) => reading.retainedBytes,
  );
  gauge(
    'slot_limit_bytes',
    'Where PostgreSQL gives the slot up (max_slot_wal_keep_size); -1 without a limit',
    (reading) => reading.limitBytes ?? -1,
  );
  new Gauge({
    name: 'eventkit_sync_slot_wal_status',
    help: '1 for what PostgreSQL says of the slot',
    labelNames: ['status'],
    registers: [registry],
    async collect() {
      const reading = await slot();
      const now = reading === null ? null : (reading.walStatus ?? 'missing');
      for (const status of walStatuses) this.set({ status }, status === now ? 1 : 0);
    },
  });
}

function seconds(ms: number): number {
  return Math.round(ms) / 1000;
}
