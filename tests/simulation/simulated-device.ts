import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createConnectTransport } from '@connectrpc/connect-node';
import { type NodeDevice, openNodeDevice } from '@eventkit/client/platform/device/open-node-device.ts';
import { realTimers, type Timers } from '@eventkit/client/platform/sync/timers.ts';
import type { DeviceId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { uuidV7 } from '@eventkit/shared/kernel/ids.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { permissionsByRole } from '@eventkit/shared/permissions/roles.ts';
import type { UploadTenant } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import { drawIntent } from './draw-intent.ts';
import { photosOf, withPhotos } from './draw-photos.ts';
import type { FaultPlan } from './fault-plan.ts';
import { createFaultyNetwork, type FaultCounts } from './faulty-network.ts';
import type { RandomSource } from './random-source.ts';
import { signedInAs } from './simulated-server.ts';
import { wholeArea } from './work-area.ts';

/** A person with a device: works, loses the network, is killed and comes back. */
export type SimulatedDevice = {
  readonly deviceId: DeviceId;
  readonly userId: UserId;
  /** Operations whose feedback was given: they must never get lost. */
  readonly acknowledged: readonly Operation[];
  /** The device that is open now. */
  current(): NodeDevice;
  /** Does one thing, as what it knows suggests. */
  act(): Promise<void>;
  setOnline(isOnline: boolean): void;
  /** Ends it whatever it is doing, and opens the same files again. */
  kill(): Promise<void>;
  heal(): void;
  close(): Promise<void>;
};

/** Waits of seconds pass in tenths of them; their proportions stay. */
const fasterTimers: Timers = { after: (ms, run) => realTimers.after(ms / 10, run) };

/** Cut cables are what this is about; nobody wants to read of each. */
const silence = { log: () => undefined };

export async function openSimulatedDevice(options: {
  readonly serverUrl: string;
  readonly tenant: UploadTenant;
  readonly deviceId: DeviceId;
  readonly userId: UserId;
  readonly folder: string;
  readonly plan: FaultPlan;
  readonly random: RandomSource;
  readonly counts: FaultCounts;
  readonly onProblem: (what: string) => void;
}): Promise<SimulatedDevice> {
  const { serverUrl, tenant, deviceId, userId, random, onProblem } = options;
  const folder = join(options.folder, deviceId);
  await mkdir(folder, { recursive: true });
  const chanceOfNetwork = random.fork('network');
  const chanceOfIds = random.fork('ids');
  const chanceOfWork = random.fork('work');
  const acknowledged: Operation[] = [];
  let isClosing = false;

  const open = async () => {
    const network = createFaultyNetwork(options.plan, chanceOfNetwork, options.counts);
    const device = await openNodeDevice({
      folder,
      deviceId,
      userId,
      name: `Device ${deviceId.slice(0, 4)}`,
      serverUrl,
      transport: createConnectTransport({
        baseUrl: serverUrl,
        httpVersion: '1.1',
        useBinaryFormat: true,
        interceptors: [
          signedInAs({
            tenantId: tenant.tenantId,
            userId,
            role: 'manager',
            permissions: permissionsByRole.manager,
          }),
          network.interceptor,
        ],
      }),
      fetch: network.fetch,
      timers: fasterTimers,
      random: chanceOfNetwork.next,
      newId: () =>
        uuidV7(
          Date.now(),
          Uint8Array.from({ length: 10 }, () => chanceOfIds.between(0, 256)),
        ),
      onProblem: (what, error) => {
        if (!isClosing) onProblem(`${deviceId}: ${what}: ${error}`);
      },
      logger: silence,
    });
    return { device, network };
  };
  let open_ = await open();

  return {
    deviceId,
    userId,
    acknowledged,
    current: () => open_.device,
    async act() {
      const drawn = await drawIntent(open_.device.replica, wholeArea(tenant), acknowledged, chanceOfWork);
      const intent = withPhotos(drawn, chanceOfWork);
      const recorded = await open_.device.recordOperation(intent, photosOf(intent));
      if (recorded.ok) acknowledged.push(recorded.value.operation);
      else if (!isClosing) onProblem(`${deviceId}: not recorded: ${recorded.error.problem}`);
    },
    setOnline(isOnline) {
      open_.network.setUp(isOnline);
      open_.device.network.set(isOnline);
    },
    async kill() {
      isClosing = true;
      open_.network.setUp(false);
      await open_.device.close();
      open_ = await open();
      isClosing = false;
    },
    heal() {
      open_.network.heal();
      open_.network.setUp(true);
      // As a device that finds its network again: it tries at once.
      open_.device.network.set(false);
      open_.device.network.set(true);
    },
    async close() {
      isClosing = true;
      open_.network.setUp(false);
      await open_.device.close();
      await wait(0);
    },
  };
}
