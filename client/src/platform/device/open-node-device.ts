import type { Transport } from '@connectrpc/connect';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { DeviceId, NewId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import type { Result } from '@eventkit/shared/kernel/result.ts';
import type { Intent } from '@eventkit/shared/operations/operation.ts';
import type { PowerSyncLogger } from '@powersync/common';
import { createObservable, type WritableObservable } from '#platform/live/observable.ts';
import { recordOperation } from '#platform/operations/record-operation.ts';
import type { RecordError, RecordedOperation, UndoError } from '#platform/operations/recorded-operation.ts';
import { undoLast } from '#platform/operations/undo-last.ts';
import { readDeviceState } from '#platform/replica/device-state.ts';
import { openNodeReplica } from '#platform/replica/open-node-replica.ts';
import type { Replica } from '#platform/replica/replica.ts';
import { createRpcClients } from '#platform/rpc/rpc-clients.ts';
import { createConnector } from '#platform/sync/connector.ts';
import { createCorrectedClock } from '#platform/sync/corrected-clock.ts';
import type { Push } from '#platform/sync/push.ts';
import { createPushByRpc } from '#platform/sync/push-by-rpc.ts';
import { type SyncSession, startSyncSession } from '#platform/sync/sync-session.ts';
import { realTimers, type Timers } from '#platform/sync/timers.ts';
import { createDeviceRegistration } from './register-device.ts';

export type NodeDeviceOptions = {
  /** An existing folder for the replica's files; opened again, it is the same device with the same queue. */
  readonly folder: string;
  readonly deviceId: DeviceId;
  readonly userId: UserId;
  readonly name: string;
  /** Where /sync/stream is, without a slash at the end. */
  readonly serverUrl: string;
  /** Calls in the name of the user: with a bearer token, and with the faults that a simulation wants. */
  readonly transport: Transport;
  /** How the sync stream is fetched; by default plainly. */
  readonly fetch?: typeof globalThis.fetch;
  /** Stands between the uploader and the calls; by default nothing does. */
  readonly wrapPush?: (push: Push) => Push;
  readonly deviceClock?: Clock;
  readonly timers?: Timers;
  readonly random?: () => number;
  readonly newId: NewId;
  readonly onProblem: (what: string, error: unknown) => void;
  readonly logger?: PowerSyncLogger;
};

/** A whole device in Node, of the same parts as the one in a browser. */
export type NodeDevice = {
  readonly replica: Replica;
  readonly sync: SyncSession;
  /** Whether it has network; starts as true. */
  readonly network: WritableObservable<boolean>;
  recordOperation(intent: Intent): Promise<Result<RecordedOperation, RecordError>>;
  undoLast(): Promise<Result<RecordedOperation, UndoError>>;
  /** Stops and closes; what is recorded stays in the folder. */
  close(): Promise<void>;
};

const APP_VERSION = 'node';

export async function openNodeDevice(options: NodeDeviceOptions): Promise<NodeDevice> {
  const { deviceId, userId, newId, deviceClock = machineClock } = options;
  const replica = await openNodeReplica({
    folder: options.folder,
    fileName: `${deviceId}.db`,
    deviceId,
    newId,
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    ...(options.logger === undefined ? {} : { logger: options.logger }),
  });
  const { clock_offset_ms: offset } = await readDeviceState(replica, ['clock_offset_ms']);
  const clock = createCorrectedClock(deviceClock, offset === null ? null : Number(offset));
  const startedAt = instantOfMs(clock.nowMs());
  const rpc = createRpcClients(options.transport);
  const { ensureRegistered } = await createDeviceRegistration({
    replica,
    auth: rpc.auth,
    deviceId,
    firstName: options.name,
  });
  const network = createObservable(true);
  const push = createPushByRpc({ sync: rpc.sync, appVersion: APP_VERSION });
  const sync = await startSyncSession({
    replica,
    deviceId,
    appVersion: APP_VERSION,
    deviceClock,
    clock,
    timers: options.timers ?? realTimers,
    random: options.random ?? Math.random,
    push: options.wrapPush?.(push) ?? push,
    askServerTime: async (signal) => Number((await rpc.sync.getTime({}, { signal })).serverTimeMicros) / 1000,
    createConnector: (listener) =>
      createConnector({
        auth: rpc.auth,
        deviceId,
        endpoint: options.serverUrl,
        ensureRegistered,
        ...listener,
      }),
    locks: null,
    network,
    onProblem: options.onProblem,
  });
  const capabilities = {
    replica,
    clock,
    newId,
    identity: { deviceId, userId },
    onRecorded: sync.noteRecorded,
  };
  return {
    replica,
    sync,
    network,
    recordOperation: (intent) => recordOperation(capabilities, intent),
    undoLast: () => undoLast(capabilities, startedAt),
    async close() {
      await sync.stop();
      await replica.close();
    },
  };
}

const machineClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};
