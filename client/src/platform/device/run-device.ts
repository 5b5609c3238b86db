import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { DeviceId, NewId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import type { Result } from '@eventkit/shared/kernel/result.ts';
import type { Intent } from '@eventkit/shared/operations/operation.ts';
import type { TakenAttachment } from '#platform/attachments/taken-attachment.ts';
import { createObservable, type WritableObservable } from '#platform/live/observable.ts';
import { decideAllKinds } from '#platform/operations/decide-all-kinds.ts';
import { recordOperation } from '#platform/operations/record-operation.ts';
import type { RecordError, RecordedOperation, UndoError } from '#platform/operations/recorded-operation.ts';
import { undoLast } from '#platform/operations/undo-last.ts';
import { readDeviceState } from '#platform/replica/device-state.ts';
import type { Replica } from '#platform/replica/replica.ts';
import type { RpcClients } from '#platform/rpc/rpc-clients.ts';
import { smallCall } from '#platform/rpc/small-call.ts';
import { createConnector } from '#platform/sync/connector.ts';
import { type CorrectedClock, createCorrectedClock } from '#platform/sync/corrected-clock.ts';
import { createReportByRpc } from '#platform/sync/device-report.ts';
import type { Push } from '#platform/sync/push.ts';
import { createPushByRpc } from '#platform/sync/push-by-rpc.ts';
import { type SyncSession, startSyncSession } from '#platform/sync/sync-session.ts';
import type { Timers } from '#platform/sync/timers.ts';
import { noticeLostStorage } from './lost-storages.ts';
import { createDeviceRegistration } from './register-device.ts';
import type { StorageMemory } from './storage-memory.ts';

/** Everything that a device without a screen needs of its surroundings. */
export type DevicePorts = {
  /** Open, and of the shape of this version. */
  readonly replica: Replica;
  readonly rpc: Pick<RpcClients, 'auth' | 'sync'>;
  /** Where /sync/stream is, without a slash at the end. */
  readonly serverUrl: string;
  readonly deviceId: DeviceId;
  readonly userId: UserId;
  readonly name: string;
  readonly appVersion: string;
  readonly deviceClock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly newId: NewId;
  /** Where the storage is remembered beside itself, so that its loss is noticed; null where nothing outlives it. */
  readonly memory: StorageMemory | null;
  /** Stands between the uploader and the calls; by default nothing does. */
  readonly wrapPush?: ((push: Push) => Push) | undefined;
  readonly onProblem: (what: string, error: unknown) => void;
};

/** A device at work. */
export type RunningDevice = {
  readonly replica: Replica;
  readonly sync: SyncSession;
  readonly clock: CorrectedClock;
  /** Whether it has network; starts as true. */
  readonly network: WritableObservable<boolean>;
  recordOperation(
    intent: Intent,
    files?: readonly TakenAttachment[],
  ): Promise<Result<RecordedOperation, RecordError>>;
  undoLast(): Promise<Result<RecordedOperation, UndoError>>;
};

/** Puts the parts of a device without a screen together; they run until `sync` is stopped. */
export async function runDevice(ports: DevicePorts): Promise<RunningDevice> {
  const { replica, rpc, deviceId, userId, newId, deviceClock, appVersion, memory } = ports;
  const { clock_offset_ms: offset } = await readDeviceState(replica, ['clock_offset_ms']);
  const clock = createCorrectedClock(deviceClock, offset === null ? null : Number(offset));
  const startedAt = instantOfMs(clock.nowMs());
  if (memory !== null) await noticeLostStorage(replica, memory, startedAt);
  const registration = await createDeviceRegistration({
    replica,
    auth: rpc.auth,
    deviceId,
    firstName: ports.name,
  });
  const findDeciding = async () => decideAllKinds;
  const network = createObservable(true);
  const push = createPushByRpc({ sync: rpc.sync, appVersion });
  const sync = await startSyncSession({
    replica,
    findDeciding,
    deviceId,
    appVersion,
    deviceClock,
    clock,
    timers: ports.timers,
    random: ports.random,
    push: ports.wrapPush?.(push) ?? push,
    attachments: null,
    askServerTime: async (signal) =>
      Number((await rpc.sync.getTime({}, smallCall(signal))).serverTimeMicros) / 1000,
    askForStream: async (signal) =>
      (await rpc.sync.findStream({ deviceId }, smallCall(signal))).isOpen ?? null,
    reportDevice: createReportByRpc({ sync: rpc.sync, deviceId, appVersion }),
    memory,
    createConnector: (listener) =>
      createConnector({
        auth: rpc.auth,
        deviceId,
        endpoint: ports.serverUrl,
        ensureRegistered: registration.ensureRegistered,
        forgetRegistration: registration.forget,
        // What a screen may show is leased; this device has none.
        renewLease: async () => undefined,
        ...listener,
      }),
    locks: null,
    siblings: null,
    network,
    onProblem: ports.onProblem,
  });
  const capabilities = {
    replica,
    findDeciding,
    clock,
    newId,
    identity: { deviceId, userId },
    onRecorded: sync.noteRecorded,
  };
  return {
    replica,
    sync,
    clock,
    network,
    recordOperation: (intent, files) => recordOperation(capabilities, intent, files),
    undoLast: () => undoLast(capabilities, startedAt),
  };
}
