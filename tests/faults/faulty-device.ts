import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createConnectTransport } from '@connectrpc/connect-node';
import { type NodeDevice, openNodeDevice } from '@eventkit/client/platform/device/open-node-device.ts';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import { type DeviceId, type UserId, uuidV7 } from '@eventkit/shared/kernel/ids.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { type UploadTenant, uuidOf } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import { drawIntent } from '#simulation/draw-intent.ts';
import type { RandomSource } from '#simulation/random-source.ts';
import { wholeArea } from '#simulation/work-area.ts';
import { type FaultLine, openFaultLine } from './fault-line.ts';
import type { RealServer } from './real-server.ts';

/** A device as people have it, in Node, whose every byte goes through a line with weather. Its timers are the real ones. */
export type FaultyDevice = {
  readonly deviceId: DeviceId;
  readonly userId: UserId;
  readonly line: FaultLine;
  /** What was confirmed to the person. */
  readonly acknowledged: readonly Operation[];
  readonly problems: readonly string[];
  current(): NodeDevice;
  /** Does one thing, as what the device shows suggests. */
  act(): Promise<void>;
  /** As people set a clock by hand, or a battery dies: the wall clock is that far off from now on. */
  setWallClock(offMs: number): void;
  close(): Promise<void>;
};

const silence = { log: () => undefined };

export async function openFaultyDevice(options: {
  readonly server: Pick<RealServer, 'port' | 'token'>;
  readonly tenant: UploadTenant;
  readonly user: { readonly id: UserId; readonly email: string };
  readonly folder: string;
  readonly random: RandomSource;
}): Promise<FaultyDevice> {
  const { server, tenant, user, random } = options;
  const deviceId = uuidOf(`${tenant.tenantId} device of ${user.id}`) as DeviceId;
  const folder = join(options.folder, deviceId);
  await mkdir(folder, { recursive: true });
  const line = await openFaultLine(server.port, random.fork('line'));
  const token = await server.token(user.email);
  const chanceOfIds = random.fork('ids');
  const chanceOfWork = random.fork('work');
  const acknowledged: Operation[] = [];
  const problems: string[] = [];
  let isClosing = false;
  let offMs = 0;
  const deviceClock: Clock = { wallMs: () => Date.now() + offMs, monotonicMs: () => performance.now() };

  const device = await openNodeDevice({
    folder,
    deviceId,
    userId: user.id,
    name: `Device ${deviceId.slice(0, 4)}`,
    serverUrl: line.url,
    transport: createConnectTransport({
      baseUrl: line.url,
      httpVersion: '1.1',
      useBinaryFormat: true,
      interceptors: [
        (next) => (request) => {
          request.header.set('authorization', `Bearer ${token}`);
          return next(request);
        },
      ],
    }),
    deviceClock,
    newId: () =>
      uuidV7(
        Date.now(),
        Uint8Array.from({ length: 10 }, () => chanceOfIds.between(0, 256)),
      ),
    onProblem: (what, error) => {
      if (!isClosing) problems.push(`${what}: ${error}`);
    },
    logger: silence,
  });
  return {
    deviceId,
    userId: user.id,
    line,
    acknowledged,
    problems,
    current: () => device,
    async act() {
      const intent = await drawIntent(device.replica, wholeArea(tenant), acknowledged, chanceOfWork);
      const recorded = await device.recordOperation(intent);
      if (recorded.ok) acknowledged.push(recorded.value.operation);
      else problems.push(`not recorded: ${recorded.error.problem}`);
    },
    setWallClock(next) {
      offMs = next;
    },
    async close() {
      isClosing = true;
      line.reset();
      await device.close();
      await line.close();
    },
  };
}
