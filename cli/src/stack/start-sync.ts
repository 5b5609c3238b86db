import type { ConnectRouter } from '@connectrpc/connect';
import type { NodeRoute } from '@eventkit/api/app.ts';
import type { SyncTokenSigner } from '@eventkit/api/auth/sync-token.ts';
import { callerOf } from '@eventkit/api/http/caller.ts';
import type { HealthCheck } from '@eventkit/api/http/health.ts';
import { SyncService } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import { createPushMetrics } from '@eventkit/sync-server/upload/push-metrics.ts';
import { createSyncService } from '@eventkit/sync-server/upload/sync-service.ts';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';

export type RunningSync = {
  readonly registerServices: (router: ConnectRouter) => void;
  readonly nodeRoutes: readonly NodeRoute[];
  readonly healthChecks: Readonly<Record<string, HealthCheck>>;
  /** Ends the streams, then replication. */
  stop(): Promise<void>;
};

/** Both directions: Push takes operations in, replication and the sync stream carry rows out. */
export async function startSync(capabilities: {
  readonly ownerUrl: string;
  readonly appPool: pg.Pool;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly signer: SyncTokenSigner;
  readonly issuer: string;
}): Promise<RunningSync> {
  const { appPool: pool, clock, log: logger, metrics } = capabilities;
  const service = createSyncService({ pool, clock, callerOf, logger, metrics: createPushMetrics(metrics) });
  return {
    registerServices: (router) => router.service(SyncService, service),
    nodeRoutes: [],
    healthChecks: {},
    stop: async () => undefined,
  };
}
