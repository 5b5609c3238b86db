import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ConnectRouter, HandlerContext } from '@connectrpc/connect';
import type { NodeRoute } from '@eventkit/api/app.ts';
import type { SyncTokenSigner } from '@eventkit/api/auth/sync-token.ts';
import { callerOf } from '@eventkit/api/http/caller.ts';
import type { PartHealth } from '@eventkit/api/http/health.ts';
import { leaseScopeOf } from '@eventkit/api/http/lease-holder.ts';
import { SyncHealthService } from '@eventkit/proto/gen/eventkit/v1/sync_health_pb.ts';
import { SyncService } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { OpenStream } from '@eventkit/sync-server/download/sync-streams.ts';
import { createSyncTokenVerifier } from '@eventkit/sync-server/download/verify-sync-token.ts';
import { retryAllKept } from '@eventkit/sync-server/health/retry-kept.ts';
import { createSyncHealthService } from '@eventkit/sync-server/health/sync-health-service.ts';
import { standBy } from '@eventkit/sync-server/stand-by.ts';
import { startSyncServer } from '@eventkit/sync-server/start-sync-server.ts';
import { createPostgresBatchStore } from '@eventkit/sync-server/upload/postgres-batch-store.ts';
import { createPushMetrics } from '@eventkit/sync-server/upload/push-metrics.ts';
import { createSyncService } from '@eventkit/sync-server/upload/sync-service.ts';
import { createLocalJWKSet } from 'jose';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { repositoryRoot } from '#repository-root.ts';
import type { OperationTracer } from '#tracing/operation-tracer.ts';
import { tracePushes } from '#tracing/trace-pushes.ts';
import { replicationHealth } from './health-checks.ts';

export type RunningSync = {
  readonly registerServices: (router: ConnectRouter) => void;
  readonly nodeRoute: NodeRoute;
  /** Null where another service has the streams. */
  readonly openStreams: () => readonly OpenStream[] | null;
  readonly health: () => PartHealth;
  /** Waits until devices can be served, at most `forMs`; answers whether they can, and what they get is news. */
  untilServing(forMs: number): Promise<'news' | 'what there was' | 'nothing'>;
  /** Ends the streams, then replication. Once, however often it is asked. */
  stop(): Promise<void>;
};

const LOOK_EVERY_MS = 20;
const CONFIG_FILE = join(repositoryRoot, 'sync-server/sync-config.yaml');

/** Both directions: Push takes operations in, replication and the sync stream carry rows out. */
export async function startSync(capabilities: {
  readonly ownerUrl: string;
  readonly appPool: pg.Pool;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly signer: SyncTokenSigner;
  readonly issuer: string;
  /** How many days without contact make a device silent. */
  readonly silentAfterDays: number;
  /** Another service has the streams of rows; only what devices record comes here. */
  readonly isStreamElsewhere: boolean;
  /** Absent or null: nobody follows operations. */
  readonly tracer?: OperationTracer | null;
}): Promise<RunningSync> {
  const {
    ownerUrl,
    appPool: pool,
    clock,
    log: logger,
    metrics,
    signer,
    issuer,
    silentAfterDays,
    isStreamElsewhere,
    tracer = null,
  } = capabilities;
  const store = createPostgresBatchStore(pool);
  const health = createSyncHealthService({ pool, store, clock, callerOf, logger, silentAfterDays });
  const retrying = retryAllKept({ pool, store, clock, logger }).catch((error: unknown) => {
    logger.warn({ err: error }, 'kept operations could not be tried again; they are at the next start');
  });
  const server = isStreamElsewhere
    ? await standBy({ ownerUrl, logger })
    : startSyncServer({
        ownerUrl,
        configText: await readFile(CONFIG_FILE, 'utf8'),
        verifySyncToken: createSyncTokenVerifier({
          keys: createLocalJWKSet(signer.jwks),
          issuer,
          nowMs: () => clock.wallMs(),
        }),
        logger,
        registry: metrics,
        nowMs: () => clock.wallMs(),
        ...(tracer === null ? {} : { onOperationsServed: tracer.served }),
      });
  const service = createSyncService({
    store,
    clock,
    callerOf,
    deviceOf: leaseScopeOf,
    logger,
    metrics: createPushMetrics(metrics),
    hasStream: server.hasStream,
  });
  let stopping: Promise<void> | null = null;
  return {
    registerServices: (router) =>
      router
        .service(SyncService, tracer === null ? service : tracePushes(service, tracer, aboutCall))
        .service(SyncHealthService, health),
    nodeRoute: server.handle,
    openStreams: server.openStreams,
    health: () => replicationHealth(server.health()),
    async untilServing(forMs) {
      const givenUpAt = clock.monotonicMs() + forMs;
      for (;;) {
        const { status } = server.health();
        if (status === 'ok') return 'news';
        if (status === 'copying') return 'what there was';
        if (clock.monotonicMs() >= givenUpAt) return 'nothing';
        await wait(LOOK_EVERY_MS);
      }
    },
    stop() {
      stopping ??= Promise.all([server.stop(), retrying]).then(() => undefined);
      return stopping;
    },
  };
}

function aboutCall(context: HandlerContext): Readonly<Record<string, string>> {
  const { requestId, tenantId } = callerOf(context);
  return { 'eventkit.request_id': requestId, 'eventkit.tenant_id': tenantId };
}
