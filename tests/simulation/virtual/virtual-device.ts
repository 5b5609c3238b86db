import { type RunningDevice, runDevice } from '@eventkit/client/platform/device/run-device.ts';
import { createStorageMemory } from '@eventkit/client/platform/device/storage-memory.ts';
import { migrateDevice } from '@eventkit/client/platform/replica/device-migrations.ts';
import type { Replica } from '@eventkit/client/platform/replica/replica.ts';
import type { RpcClients } from '@eventkit/client/platform/rpc/rpc-clients.ts';
import type {
  FindStreamRequest,
  PushRequest,
  PushResponse,
  ReportDeviceRequest,
} from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import type { DeviceId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { uuidV7 } from '@eventkit/shared/kernel/ids.ts';
import type { Permission } from '@eventkit/shared/permissions/roles.ts';
import type { Caller } from '@eventkit/sync-server/upload/people-store.ts';
import type { UploadTenant } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import { createDeviceClock, type DeviceClock } from './device-clock.ts';
import { createLife, type Life } from './life.ts';
import type { Poison } from './poison.ts';
import type { VirtualDisk } from './virtual-disk.ts';
import { createVirtualLine, type VirtualLine } from './virtual-line.ts';
import { createVirtualReplica } from './virtual-replica.ts';
import type { VirtualServer } from './virtual-server.ts';
import type { World } from './world.ts';

/** The app while it runs. */
export type OpenApp = RunningDevice & { readonly life: Life };

/** A device with its disk, its clocks and its line; the app on it is opened, killed and opened again. */
export type VirtualDevice = {
  readonly deviceId: DeviceId;
  readonly userId: UserId;
  readonly tenant: UploadTenant;
  readonly disk: VirtualDisk;
  readonly clock: DeviceClock;
  readonly line: VirtualLine;
  /** Null while nobody has the app open. */
  app(): OpenApp | null;
  /** When the server's time was last asked for with success, by true time. */
  clockAskedAtMs(): number | null;
  /** Opens the app unless it is open; comes again where the storage does not let it. */
  open(): void;
  /** Ends the app whatever it is doing. */
  kill(): void;
  /** Switched off: nothing opens the app meanwhile. */
  setOff(isOff: boolean): void;
  /** Ends it at one of its next accesses to the disk; null: after all not. */
  killSoon(accesses: number | null): void;
  /** Ends it, and everything that it had stored is gone. */
  evict(): void;
  setAsleep(isAsleep: boolean): void;
  /** Whether the person has the right to work with the stock at present. */
  setMayScan(mayScan: boolean): void;
};

export type DeviceParts = {
  readonly world: World;
  readonly server: VirtualServer;
  readonly poison: Poison;
  readonly tenant: UploadTenant;
  readonly number: number;
  readonly deviceId: DeviceId;
  readonly userId: UserId;
  readonly disk: VirtualDisk;
  /** Sees each answer that reaches the device before the device does. */
  readonly onAnswer: (answer: PushResponse) => PushResponse;
  /** Called each time the app is ready to be worked with. */
  readonly onOpen: (app: OpenApp) => void;
};

const OPEN_AGAIN_AFTER_MS = 5_000;
/** What a person loses together, who may not work with the stock any more. */
const rightsToWork: ReadonlySet<Permission> = new Set([
  'scanning:write',
  'maintenance:write',
  'inventory:write',
  'stocktakes:approve',
]);

export function createVirtualDevice(parts: DeviceParts): VirtualDevice {
  const { world, server, poison, tenant, number, deviceId, userId, disk } = parts;
  const { time, counts } = world;
  const name = `device ${number}`;
  const random = world.random.fork(name);
  const clock = drawClock(world, name);
  const line = createVirtualLine(world, name, server.openStream(deviceId));
  const memory = createStorageMemory(createTextStore(), tenant.tenantId as never);
  let life: Life | null = null;
  let app: OpenApp | null = null;
  let accessesLeft: number | null = null;
  let clockAskedAtMs: number | null = null;
  let isOff = false;
  let caller: Caller = { ...tenant.caller, userId };

  const newId = () =>
    uuidV7(
      Math.max(0, Math.floor(clock.wallMs())),
      Uint8Array.from({ length: 10 }, () => Math.floor(random.next() * 256)),
    );
  const rpc = {
    auth: {
      createSyncToken: () => line.call(() => server.createSyncToken(deviceId, caller)),
      registerDevice: () => line.call(() => server.registerDevice(deviceId, caller)),
    },
    sync: {
      push: (request: PushRequest, { signal }: { signal: AbortSignal }) =>
        line.call(() => server.push(request, caller), signal).then(parts.onAnswer),
      reportDevice: (request: ReportDeviceRequest, { signal }: { signal?: AbortSignal } = {}) =>
        line.call(() => server.reportDevice(request, caller), signal),
      findStream: (request: FindStreamRequest, { signal }: { signal?: AbortSignal } = {}) =>
        line.call(() => server.findStream(request, caller), signal),
      getTime: async (_: unknown, { signal }: { signal: AbortSignal }) => {
        const answer = await line.call(() => server.getTime(), signal);
        clockAskedAtMs = time.nowMs();
        return answer;
      },
    },
  } as unknown as Pick<RpcClients, 'auth' | 'sync'>;

  const end = () => {
    if (life === null) return;
    world.trace(`${name} ends`);
    life.end();
    disk.rollBack();
    line.dropStreams();
    life = null;
    app = null;
    accessesLeft = null;
    clockAskedAtMs = null;
  };
  const diskFaults = {
    dies(isAfterCommit: boolean) {
      if (accessesLeft === null) return false;
      accessesLeft -= 1;
      if (accessesLeft > 0) return false;
      counts.kills += 1;
      if (isAfterCommit) counts.killsAfterCommit += 1;
      end();
      time.after(random.between(200, 60_000), open);
      return true;
    },
    delayMs() {
      const { diskSlow } = world.faults();
      if (diskSlow === 0 || !random.chance(diskSlow)) return 0;
      counts.slowDisks += 1;
      return random.between(1, 400);
    },
    isFull() {
      const { diskFull } = world.faults();
      if (diskFull === 0 || !random.chance(diskFull)) return false;
      counts.fullDisks += 1;
      return true;
    },
  };

  const start = async (own: Life, replica: Replica) => {
    await migrateDevice(replica, { deviceId, newId });
    const running = await runDevice({
      replica,
      rpc,
      serverUrl: 'https://simulated.test',
      deviceId,
      userId,
      name,
      appVersion: 'simulated',
      deviceClock: clock,
      timers: own,
      random: random.next,
      newId,
      wrapPush: poison.wrapPush,
      memory,
      onProblem: (what, error) => {
        if (!isExpected(error)) world.violate('problem', `${name}: ${what}: ${error}`);
      },
    });
    app = { ...running, life: own };
    parts.onOpen(app);
  };
  const open = () => {
    if (life !== null || isOff) return;
    const own = createLife(time);
    life = own;
    clock.restart();
    const replica = createVirtualReplica({
      disk,
      life: own,
      faults: diskFaults,
      source: line,
      random: random.next,
    });
    start(own, replica).catch((error: unknown) => {
      if (!isExpected(error)) world.violate('problem', `${name} does not open: ${error}`);
      end();
      time.after(OPEN_AGAIN_AFTER_MS, open);
    });
  };

  return {
    deviceId,
    userId,
    tenant,
    disk,
    clock,
    line,
    app: () => app,
    clockAskedAtMs: () => clockAskedAtMs,
    open,
    kill: end,
    setOff(next) {
      isOff = next;
      if (isOff) end();
      else open();
    },
    killSoon(accesses) {
      if (life !== null) accessesLeft = accesses;
    },
    evict() {
      end();
      disk.clear();
    },
    setMayScan(mayScan) {
      const { permissions } = tenant.caller;
      caller = {
        ...caller,
        permissions: mayScan ? permissions : permissions.filter((one) => !rightsToWork.has(one)),
      };
    },
    setAsleep(isAsleep) {
      line.setRadio(!isAsleep);
      clock.setAsleep(isAsleep);
      if (!isAsleep) app?.sync.noteResumed();
      life?.setAsleep(isAsleep);
    },
  };
}

/** A full disk is told, and tried again; anything else that a device reports should not have happened. */
function isExpected(error: unknown): boolean {
  return String(error).includes('database or disk is full');
}

const DAY_MS = 86_400_000;

function drawClock(world: World, name: string): DeviceClock {
  const random = world.random.fork(`clock of ${name}`);
  const isWrong = random.chance(world.faults().wrongClocks);
  if (isWrong) world.counts.wrongClocks += 1;
  const errorMs = isWrong ? random.between(-2 * DAY_MS, 2 * DAY_MS) : random.between(-500, 500);
  return createDeviceClock(
    world.time,
    errorMs,
    isWrong ? random.between(-100, 100) : random.between(-10, 10),
  );
}

/** Small texts beside the storage, which browsers clear by other rules. */
function createTextStore() {
  const texts = new Map<string, string>();
  return {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
    removeItem: (key: string) => void texts.delete(key),
  };
}
