import { Code, ConnectError, type HandlerContext, type ServiceImpl } from '@connectrpc/connect';
import { ErrorDetailSchema } from '@eventkit/proto/gen/eventkit/v1/error_pb.ts';
import type { SyncService } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import { type Instant, instantOfMicros } from '@eventkit/shared/kernel/instant.ts';
import type { Logger } from 'pino';
import { applyBatch, type PushedBatch } from './apply-batch.ts';
import type { BatchStore } from './batch-store.ts';
import { Unavailable } from './classify-failure.ts';
import type { Caller } from './people-store.ts';
import { describeProblem } from './problem.ts';
import type { PushMetrics } from './push-metrics.ts';
import { type DeviceTold, reportDevice } from './report-device.ts';
import type { DeviceRefusal, OperationOutcome } from './store-batch.ts';
import { verdictNumbers } from './verdict-numbers.ts';

export type SyncServiceCapabilities = {
  readonly store: BatchStore;
  readonly clock: Clock;
  /** The authenticated person behind a request; throws unauthenticated where there is none. */
  callerOf(context: HandlerContext): Caller;
  /** The device that asks by its lease, and its person; throws unauthenticated where there is none. */
  deviceOf(context: HandlerContext): LeasedDevice;
  readonly logger: Pick<Logger, 'warn' | 'error'>;
  readonly metrics: PushMetrics;
  /** Whether a stream to this device is open; null where that is not known here. */
  hasStream(of: { readonly tenantId: string; readonly deviceId: string }): boolean | null;
};

/** A device by its lease. What it hands in gives its person no right. */
export type LeasedDevice = Omit<Caller, 'permissions'> & { readonly deviceId: DeviceId };

/** The upload side of the sync server. Requests must have passed the rules of the wire before they come here. */
export function createSyncService(capabilities: SyncServiceCapabilities): ServiceImpl<typeof SyncService> {
  const { clock, callerOf } = capabilities;
  return {
    async push(request, context) {
      const outcomes = await push(capabilities, callerOf(context), {
        deviceId: request.deviceId.toLowerCase() as DeviceId,
        operations: request.operations.map(({ id, envelope }) => ({ id: id.toLowerCase(), envelope })),
        report: {
          queueLength: request.queueLength,
          oldestWaitingAt: instantOf(request.oldestWaitingAtMicros),
          recordedSequence: Number(request.lastSequence),
          appVersion: request.appVersion,
        },
      });
      return { results: outcomes.map(messageOfOutcome) };
    },

    async handIn({ operations }, context) {
      const { deviceId, ...person } = capabilities.deviceOf(context);
      const about = { ...person, deviceId, operationCount: operations.length };
      await push(
        capabilities,
        { ...person, permissions: [] },
        {
          deviceId,
          operations: operations.map(({ id, envelope }) => ({ id: id.toLowerCase(), envelope })),
          report: null,
          isHandedIn: true,
        },
      );
      capabilities.logger.warn(about, 'operations of a device that is shut out kept for people to look at');
      return {};
    },

    async reportDevice(request, context) {
      await report(capabilities, callerOf(context), {
        deviceId: request.deviceId.toLowerCase() as DeviceId,
        epoch: request.epoch.toLowerCase(),
        queueLength: request.queueLength,
        oldestWaitingAt: instantOf(request.oldestWaitingAtMicros),
        recordedSequence: Number(request.lastSequence),
        clockOffsetMs: request.clockOffsetMs === undefined ? null : Number(request.clockOffsetMs),
        appVersion: request.appVersion,
        isStorageKept: request.isStorageKept,
        lostStorages: request.lostStorages.map(({ epoch, lastSequence }) => ({
          epoch: epoch.toLowerCase(),
          recordedSequence: Number(lastSequence),
        })),
      });
      return {};
    },

    getTime() {
      return { serverTimeMicros: BigInt(Math.round(clock.wallMs() * 1000)) };
    },

    findStream({ deviceId }, context) {
      const { tenantId } = callerOf(context);
      const isOpen = capabilities.hasStream({ tenantId, deviceId: deviceId.toLowerCase() });
      return isOpen === null ? {} : { isOpen };
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
      if (problem === null || batch.isHandedIn === true) continue;
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

/** A lost storage is the one true loss: it is in the log and counted, besides being shown to admins. */
async function report(
  { store, clock, logger, metrics }: SyncServiceCapabilities,
  caller: Caller,
  told: DeviceTold,
): Promise<void> {
  const result = await reportDevice({ store, clock }, caller, told);
  if (!result.ok) throw refusalOf(result.error);
  metrics.countLost(result.value);
  for (const { epoch, missingCount } of result.value) {
    const { tenantId, userId, requestId } = caller;
    const about = { deviceId: told.deviceId, epoch, missingCount, tenantId, userId, requestId };
    logger.error(about, 'device lost its storage');
  }
}

function instantOf(micros: bigint | undefined): Instant | null {
  return micros === undefined ? null : instantOfMicros(micros);
}

/** The words do not tell a device of another company from one that nobody has. */
function refusalOf({ kind }: DeviceRefusal): ConnectError {
  switch (kind) {
    case 'unknown_device':
      return refusal('device_unknown', 'this device is not registered');
    case 'revoked_device':
    case 'collected_device':
      return refusal('device_revoked', 'this device was revoked');
  }
}

function refusal(reason: string, message: string): ConnectError {
  const detail = { desc: ErrorDetailSchema, value: { reason, field: 'device_id' } };
  return new ConnectError(message, Code.PermissionDenied, undefined, [detail]);
}

function messageOfOutcome({ id, verdict, reason }: OperationOutcome) {
  return { id, verdict: verdictNumbers[verdict], reason: reason ?? '' };
}
