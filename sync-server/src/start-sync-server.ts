import type { IncomingMessage, ServerResponse } from 'node:http';
import { createPool } from '@eventkit/database/pool.ts';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { describeProblem, readSyncConfig } from '#config/read-sync-config.ts';
import { ChunkCache } from '#download/chunk-cache.ts';
import { endedReader } from '#download/standings.ts';
import { createSyncRoutes } from '#download/sync-routes.ts';
import type { OpenStream, SyncLimits } from '#download/sync-streams.ts';
import type { VerifySyncToken } from '#download/verify-sync-token.ts';
import { WriteCheckpoints } from '#download/write-checkpoints.ts';
import { createSyncMetrics, type SyncMetrics } from '#metrics/sync-metrics.ts';
import { lookupReader } from '#oplog/lookups/lookup-store.ts';
import { Oplog } from '#oplog/oplog.ts';
import { readOpRange } from '#oplog/oplog-store.ts';
import type { Serving } from '#replication/session.ts';
import { startReplication } from '#replication/start-replication.ts';
import { slotProblems, watchSlot } from '#replication/watch-slot.ts';

export type SyncServerOptions = {
  /** Of a role that may replicate; rows are read and written as eventkit_sync. */
  readonly ownerUrl: string;
  /** The text of sync-config.yaml. */
  readonly configText: string;
  readonly verifySyncToken: VerifySyncToken;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly publication?: string;
  readonly limits?: Partial<SyncLimits>;
  /** Encoded lines kept in memory at most, in bytes. */
  readonly cacheBytes?: number;
  /** How often publication, tables and slot are looked at, in milliseconds. */
  readonly watchEveryMs?: number;
  readonly nowMs?: () => number;
  /** Told of the operations whose rows clients get from now on, e.g. to trace them. */
  readonly onOperationsServed?: (ids: ReadonlySet<string>, committedAtMs: number) => void;
};

export type SyncHealth = {
  /**
   * `starting` until the first copy is whole. While clients get what is known but nothing new: `copying` where that ends
   * with the copy that is being made, `degraded` where something is in the way.
   */
  readonly status: 'starting' | 'ok' | 'copying' | 'degraded' | 'stopped';
  /** In words for an operator, with what to do; also such as do not keep anything from clients yet. */
  readonly problems: readonly string[];
};

export type SyncServer = {
  /** True when the request is one of ours and will be answered. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  health(): SyncHealth;
  /** Whether a stream is open to this device of this company. */
  hasStream(of: { readonly tenantId: string; readonly deviceId: string }): boolean;
  /** The streams that run. */
  openStreams(): readonly OpenStream[];
  readonly metrics: SyncMetrics;
  /** Ends the streams, then replication. The slot stays, and holds the log until the next start. */
  stop(): Promise<void>;
};

const defaultLimits: SyncLimits = {
  connections: 2000,
  bucketsPerConnection: 1000,
  lookupRowsPerConnection: 1000,
  bodyBytes: 1024 * 1024,
  keepaliveMs: 20_000,
  endGraceMs: 5000,
};

/** Two looks, and what they take, within five seconds (SY45). */
const RIGHTS_EVERY_MS = 2000;

/**
 * Starts replication from PostgreSQL and serves the PowerSync protocol. Throws when the configuration cannot be
 * understood; an unreachable database is waited for, and shows in `health`.
 */
export function startSyncServer(options: SyncServerOptions): SyncServer {
  const plan = readSyncConfig(options.configText);
  if (!plan.ok) throw new Error(`sync configuration: ${plan.error.map(describeProblem).join('; ')}`);
  const nowMs = options.nowMs ?? Date.now;
  const { logger } = options;
  const pool = createPool({
    url: options.ownerUrl,
    role: 'eventkit_sync',
    max: 8,
    applicationName: 'eventkit sync reader',
    onIdleError: (error) => logger.warn({ err: error }, 'an idle connection broke'),
  });
  const oplog = new Oplog();
  const chunks = new ChunkCache(oplog, options.cacheBytes ?? 128 * 1024 * 1024);
  const writeCheckpoints = new WriteCheckpoints(pool);
  const slotWatch = watchSlot(pool, () => performance.now(), options.watchEveryMs);
  let upToDateAtMs = performance.now();
  const metrics = createSyncMetrics(options.registry, {
    bucketCount: () => oplog.bucketCount,
    cachedBytes: () => chunks.bytes,
    head: () => oplog.head ?? 0,
    rowCounts: () => oplog.rowCounts,
    async slot() {
      await slotWatch.look();
      return slotWatch.reading;
    },
    lagMs: () => slotWatch.lagMs(),
    checkpointAgeMs: () => performance.now() - upToDateAtMs,
    deviceCount: () => routes.streams.deviceCount,
    slowReaderCount: () => routes.streams.slowReaderCount,
  });
  let serving: Serving = { plan: plan.value, schema: 'sync', isStill: false };
  const replication = startReplication({
    ownerUrl: options.ownerUrl,
    plan: plan.value,
    configText: options.configText,
    publication: options.publication ?? 'powersync',
    oplog,
    readRange: (schema, nameOfTable) => (bucketId, from, to) =>
      readOpRange({ db: pool, schema }, { bucketId, from, to }, nameOfTable),
    logger,
    ...(options.watchEveryMs === undefined ? {} : { watchEveryMs: options.watchEveryMs }),
    events: {
      onServing(now) {
        serving = now;
      },
      onOtherCluster() {
        writeCheckpoints.forgetPositions();
        slotWatch.forget();
      },
      onPhase(phase) {
        metrics.isFollowing.set(phase === 'following' ? 1 : 0);
        logger.info({ phase }, 'replication');
      },
      onCopied: (rowCount) => metrics.copiedRows.inc(rowCount),
      onMerged(rowCount) {
        metrics.merges.inc();
        metrics.mergedRows.inc(rowCount);
      },
      onBatch({ rowCount, committedAtMs }) {
        metrics.replicatedRows.inc(rowCount);
        metrics.checkpoints.inc();
        if (committedAtMs !== null)
          metrics.replicationDelay.observe(Math.max(0, nowMs() - committedAtMs) / 1000);
      },
      ...(options.onOperationsServed === undefined ? {} : { onOperations: options.onOperationsServed }),
      onPosition(lsn) {
        upToDateAtMs = performance.now();
        slotWatch.served(lsn);
        writeCheckpoints.advance(lsn);
      },
    },
  });
  const routes = createSyncRoutes({
    get plan() {
      return serving.plan;
    },
    oplog,
    chunks,
    readLookups: lookupReader(pool, () => serving.schema),
    writeCheckpoints,
    verifySyncToken: options.verifySyncToken,
    readEnded: endedReader(pool),
    isReady: () => oplog.head !== null,
    isAlive: () => replication.phase !== 'stopped',
    logger,
    metrics,
    limits: { ...defaultLimits, ...options.limits },
    nowMs,
  });
  const isNews = () => replication.phase === 'following' && !serving.isStill;
  // Who leaves is told by an operation at once, where operations flow; what role somebody has is in none of them.
  const watchDepartures = setInterval(() => {
    if (oplog.head !== null) void routes.streams.endDeparted();
  }, RIGHTS_EVERY_MS);
  let stopping: Promise<void> | null = null;
  return {
    handle: routes.handle,
    health() {
      const problems = replication.problem === null ? [] : [replication.problem];
      const { phase } = replication;
      const isCopying = oplog.head !== null && (serving.isStill || phase === 'copying');
      if (isCopying) problems.push(copying[serving.schema]);
      problems.push(...slotProblems(slotWatch.reading, slotWatch.lagMs()));
      if (phase === 'stopped') return { status: 'stopped', problems };
      if (oplog.head === null) return { status: 'starting', problems };
      if (isCopying && replication.problem === null) return { status: 'copying', problems };
      return { status: isNews() ? 'ok' : 'degraded', problems };
    },
    hasStream: (of) => routes.streams.has(of),
    openStreams: () => routes.streams.open,
    metrics,
    stop() {
      stopping ??= (async () => {
        clearInterval(watchDepartures);
        slotWatch.stop();
        await routes.stop();
        await replication.stop();
        await pool.end();
      })();
      return stopping;
    },
  };
}

const copying = {
  sync: 'everything is copied again from the database: until that is whole, devices get what there was, and nothing new',
  sync_served:
    'the sync configuration was changed: until the new one is copied, devices get what there was at its start, and nothing new',
} as const;
