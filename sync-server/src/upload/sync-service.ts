import { Code, ConnectError, type HandlerContext, type ServiceImpl } from '@connectrpc/connect';
import { type SyncService, Verdict } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import type { Logger } from 'pino';
import { applyBatch, type PushedBatch } from './apply-batch.ts';
import type { BatchStore } from './batch-store.ts';
import { Unavailable } from './classify-failure.ts';
import type { Caller } from './people-store.ts';
import { describeProblem } from './problem.ts';
import type { PushMetrics } from './push-metrics.ts';
import type { DeviceRefusal, OperationOutcome } from './store-batch.ts';

export type SyncServiceCapabilities = {
  readonly store: BatchStore;
  readonly clock: Clock;
  /** The authenticated person behind a request; throws unauthenticated where there is none. */
  callerOf(context: HandlerContext): Caller;
  readonly logger: Pick<Logger, 'warn' | 'error'>;
  readonly metrics: PushMetrics;
};

/** The upload side of the sync server. Requests must have passed the rules of the wire before they come here. */
export function createSyncService(capabilities: SyncServiceCapabilities): ServiceImpl<typeof SyncService> {
  const { clock, callerOf } = capabilities;
  return {
    async push(request, context) {
      const outcomes = await push(capabilities, callerOf(context), {
        deviceId: request.deviceId.toLowerCase() as DeviceId,
        operations: request.operations.map(({ id, envelope }) => ({ id: id.toLowerCase(), envelope })),
        queueLength: request.queueLength,
        appVersion: request.appVersion,
      });
      return { results: outcomes.map(messageOfOutcome) };
    },

    getTime() {
      return { serverTimeMicros: BigInt(Math.round(clock.wallMs() * 1000)) };
    },
  };
}

async function push(
  { store, clock, logger, metrics }: SyncServiceCapabilities,
  caller: Caller,
  batch: PushedBatch,
): Promise<readonly OperationOutcome[]> {
  const startedMs = clock.monotonicMs();
  try {
    const result = await applyBatch({ store, clock }, caller, batch);
    if (!result.ok) throw refusalOf(result.error);
    metrics.observeBatch((clock.monotonicMs() - startedMs) / 1000);
    metrics.countOperations(result.value);
    for (const { id, problem } of result.value) {
      if (problem === null) continue;
      const { tenantId, userId, requestId } = caller;
      const about = { operationId: id, deviceId: batch.deviceId, tenantId, userId, requestId };
      logger.error({ ...about, problem: describeProblem(problem) }, 'operation kept unread');
    }
    return result.value;
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    metrics.countUnavailable();
    logger.warn({ err: error, deviceId: batch.deviceId, requestId: caller.requestId }, 'batch put off');
    throw new ConnectError('operations cannot be stored now; send them again later', Code.Unavailable);
  }
}

/** The words do not tell a device of another company from one that nobody has. */
function refusalOf({ kind }: DeviceRefusal): ConnectError {
  switch (kind) {
    case 'unknown_device':
      return new ConnectError('this device is not registered', Code.PermissionDenied);
    case 'revoked_device':
      return new ConnectError('this device was revoked', Code.PermissionDenied);
  }
}

function messageOfOutcome({ id, verdict, reason }: OperationOutcome) {
  return { id, verdict: verdictNumbers[verdict], reason: reason ?? '' };
}

const verdictNumbers = {
  applied: Verdict.APPLIED,
  superseded: Verdict.SUPERSEDED,
  conflicted: Verdict.CONFLICTED,
  refused: Verdict.REFUSED,
  kept_unread: Verdict.KEPT_UNREAD,
} as const satisfies Record<OperationOutcome['verdict'], Verdict>;
