import type { Transport } from '@connectrpc/connect';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { DeviceId, NewId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { PowerSyncLogger } from '@powersync/common';
import { openNodeReplica } from '#platform/replica/open-node-replica.ts';
import { createRpcClients } from '#platform/rpc/rpc-clients.ts';
import type { Push } from '#platform/sync/push.ts';
import { realTimers, type Timers } from '#platform/sync/timers.ts';
import { type RunningDevice, runDevice } from './run-device.ts';
import type { StorageMemory } from './storage-memory.ts';

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
  /** What outlives the folder, so that its loss is noticed; by default nothing does. */
  readonly memory?: StorageMemory;
  readonly onProblem: (what: string, error: unknown) => void;
  readonly logger?: PowerSyncLogger;
};

/** A whole device in Node, of the same parts as the one in a browser. */
export type NodeDevice = RunningDevice & {
  /** Stops and closes; what is recorded stays in the folder. */
  close(): Promise<void>;
};

export async function openNodeDevice(options: NodeDeviceOptions): Promise<NodeDevice> {
  const { deviceId, userId, newId } = options;
  const replica = await openNodeReplica({
    folder: options.folder,
    fileName: `${deviceId}.db`,
    deviceId,
    newId,
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    ...(options.logger === undefined ? {} : { logger: options.logger }),
  });
  const device = await runDevice({
    replica,
    rpc: createRpcClients(options.transport),
    serverUrl: options.serverUrl,
    deviceId,
    userId,
    name: options.name,
    appVersion: 'node',
    deviceClock: options.deviceClock ?? machineClock,
    timers: options.timers ?? realTimers,
    random: options.random ?? Math.random,
    newId,
    memory: options.memory ?? null,
    wrapPush: options.wrapPush,
    onProblem: options.onProblem,
  });
  return {
    ...device,
    async close() {
      await device.sync.stop();
      await replica.close();
    },
  };
}

const machineClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};
