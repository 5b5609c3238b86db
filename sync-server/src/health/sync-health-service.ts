import { Code, ConnectError, type HandlerContext, type ServiceImpl } from '@connectrpc/connect';
import { atOnceWithTenant, type TenantScope, withTenant } from '@eventkit/database/tenant-transaction.ts';
import { ErrorDetailSchema } from '@eventkit/proto/gen/eventkit/v1/error_pb.ts';
import type { SyncHealthService } from '@eventkit/proto/gen/eventkit/v1/sync_health_pb.ts';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { BatchStore } from '#upload/batch-store.ts';
import { Unavailable } from '#upload/classify-failure.ts';
import type { Caller } from '#upload/people-store.ts';
import { listDevices } from './device-health-store.ts';
import { exportKept } from './export-kept.ts';
import { type ImportRefusal, importOperations } from './import-operations.ts';
import { judgeDevice, severityOf } from './judge-device.ts';
import { listKept } from './kept-operations-store.ts';
import { findNames } from './people-names-store.ts';
import { readTold } from './read-told.ts';
import { retryKept } from './retry-kept.ts';
import { deviceMessage, importMessage, keptMessage } from './sync-health-messages.ts';

export type SyncHealthCapabilities = {
  /** Connections as eventkit_app. */
  readonly pool: Pool;
  readonly store: BatchStore;
  readonly clock: Pick<Clock, 'wallMs'>;
  /** The authenticated person behind a request, whose permission was checked. */
  callerOf(context: HandlerContext): Caller;
  readonly logger: Pick<Logger, 'info'>;
  /** How many days without contact make a device silent. */
  readonly silentAfterDays: number;
};

const DAY_MS = 86_400_000;
const LONGEST_LIST = 200;

/** What admins see of their devices and of what did not arrive, by the rules of SPEC.md. */
export function createSyncHealthService(
  capabilities: SyncHealthCapabilities,
): ServiceImpl<typeof SyncHealthService> {
  const { pool, clock, callerOf, logger, silentAfterDays } = capabilities;
  return {
    async listDeviceHealth(_request, context) {
      const caller = callerOf(context);
      const found = await atOnceWithTenant(pool, scopeOf(caller), (tx) => listDevices(tx, caller.tenantId), {
        isReadOnly: true,
        keepsPlans: true,
      });
      const limits = { nowMs: clock.wallMs(), silentAfterMs: silentAfterDays * DAY_MS };
      const judged = found.map((device) => ({ device, judgement: judgeDevice(device, limits) }));
      const inOrder = judged.toSorted(
        (a, b) => severityOf(a.judgement) - severityOf(b.judgement) || heardAt(b).localeCompare(heardAt(a)),
      );
      return {
        devices: inOrder.map(({ device, judgement }) => deviceMessage(device, judgement)),
        silentAfterDays,
      };
    },

    async listKeptOperations(_request, context) {
      const caller = callerOf(context);
      const { tenantId } = caller;
      return withTenant(
        pool,
        scopeOf(caller),
        async (tx) => {
          const { rows, totalCount } = await listKept(tx, tenantId, LONGEST_LIST);
          const people = rows.flatMap(({ envelope }) => readTold(envelope).recordedBy ?? []);
          const namesById = people.length === 0 ? new Map() : await findNames(tx, tenantId, people);
          return { operations: rows.map((row) => keptMessage(row, namesById)), totalCount };
        },
        { isReadOnly: true, keepsPlans: true },
      );
    },

    async retryKeptOperations({ deviceId }, context) {
      const { tenantId, userId, requestId } = callerOf(context);
      const onlyOf = deviceId === '' ? null : deviceId.toLowerCase();
      const retried = await orUnavailable(() => retryKept(capabilities, tenantId, { requestId, onlyOf }));
      logger.info({ tenantId, userId, requestId, onlyOf, ...retried }, 'kept operations tried again');
      return retried;
    },

    async exportKeptOperations(request, context) {
      const text = await exportKept(capabilities, callerOf(context), request.deviceId.toLowerCase());
      if (text === null) throw refusal(Code.NotFound, 'not_found', 'nothing is kept of such a device');
      return { file: new TextEncoder().encode(text) };
    },

    async importOperations(request, context) {
      const caller = callerOf(context);
      const imported = await orUnavailable(() => importOperations(capabilities, caller, request.file));
      if (!imported.ok) throw refusalOf(imported.error);
      const { deviceId, operations, isWhole } = imported.value;
      const { tenantId, userId, requestId } = caller;
      const about = { tenantId, userId, requestId, deviceId, isWhole, operationCount: operations.length };
      logger.info(about, 'file of operations brought in');
      return importMessage(imported.value);
    },
  };
}

function scopeOf({ tenantId, userId, requestId }: Caller): TenantScope {
  return { tenantId, userId, deviceId: null, operationId: null, requestId };
}

function heardAt({ judgement }: { readonly judgement: ReturnType<typeof judgeDevice> }): string {
  return judgement.storages[0]?.lastContactAt ?? '';
}

async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    throw new ConnectError('operations cannot be stored now; try again later', Code.Unavailable);
  }
}

function refusalOf({ kind }: ImportRefusal): ConnectError {
  switch (kind) {
    case 'no_such_file':
      return refusal(Code.InvalidArgument, kind, 'this is no file of operations, or it was cut off', 'file');
    case 'newer_version':
      return refusal(Code.InvalidArgument, kind, 'this file was written by a later version', 'file');
    case 'other_company':
      return refusal(Code.FailedPrecondition, kind, 'this file is not of your company', 'file');
    case 'unknown_device':
      return refusal(Code.FailedPrecondition, kind, 'your company has no such device', 'file');
  }
}

function refusal(code: Code, reason: string, message: string, field = ''): ConnectError {
  return new ConnectError(message, code, undefined, [{ desc: ErrorDetailSchema, value: { reason, field } }]);
}
