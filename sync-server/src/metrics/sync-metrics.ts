import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What an operator sees of the sync server. */
export type SyncMetrics = {
  readonly connections: Gauge;
  readonly copiedRows: Counter;
  readonly replicatedRows: Counter;
  readonly mergedRows: Counter;
  readonly checkpoints: Counter;
  readonly replicationDelay: Histogram;
  readonly isFollowing: Gauge;
};

/** `read` gives the values that are only known when somebody asks. */
export function createSyncMetrics(
  registry: Registry,
  read: {
    readonly bucketCount: () => number;
    readonly cachedBytes: () => number;
    readonly head: () => number;
    readonly lagBytes: () => Promise<number>;
  },
): SyncMetrics {
  const registers = [registry];
  const gauge = (name: string, help: string, value: () => number | Promise<number>) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await value());
      },
    });
  gauge('eventkit_sync_buckets', 'Buckets that hold operations', read.bucketCount);
  gauge('eventkit_sync_cached_bytes', 'Encoded lines kept in memory', read.cachedBytes);
  gauge('eventkit_sync_head', 'The newest operation that clients get', read.head);
  gauge(
    'eventkit_sync_wal_lag_bytes',
    'Write-ahead log that the slot holds back; -1 where it cannot be told',
    read.lagBytes,
  );
  return {
    connections: new Gauge({ name: 'eventkit_sync_connections', help: 'Streams that run', registers }),
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
