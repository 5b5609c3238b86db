import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnectTransport } from '@connectrpc/connect-node';
import { openNodeDevice } from '@eventkit/client/platform/device/open-node-device.ts';
import { type DeviceId, type NewId, uuidV7 } from '@eventkit/shared/kernel/ids.ts';
import type { BenchStack } from './bench-stack.ts';
import { userIdOf } from './demo-company.ts';

export type BenchDevice = Awaited<ReturnType<typeof openBenchDevice>>;

const newId: NewId = () => uuidV7(Date.now(), randomBytes(10));

/** What a new device needs before it is opened: who uses it and an empty folder. */
export async function prepareDevice(stack: BenchStack, email: string) {
  const token = await stack.token(email, 'api');
  return {
    folder: mkdtempSync(join(tmpdir(), 'eventkit-bench-device-')),
    deviceId: newId() as DeviceId,
    userId: await userIdOf(stack, email),
    name: 'Bench',
    serverUrl: stack.url,
    newId,
    transport: createConnectTransport({
      baseUrl: stack.url,
      httpVersion: '1.1',
      useBinaryFormat: true,
      interceptors: [
        (next) => (request) => {
          request.header.set('authorization', `Bearer ${token}`);
          return next(request);
        },
      ],
    }),
  };
}

/** A real device in Node. Disposing closes it and removes its folder; what went wrong in it fails the bench. */
export async function openBenchDevice(prepared: Awaited<ReturnType<typeof prepareDevice>>) {
  const problems: string[] = [];
  const device = await openNodeDevice({
    ...prepared,
    onProblem: (what, error) => problems.push(`${what}: ${error}`),
  });
  return {
    ...device,
    async [Symbol.asyncDispose]() {
      await device.close();
      rmSync(prepared.folder, { recursive: true, force: true });
      if (problems.length > 0) throw new Error(`the device had problems:\n${problems.join('\n')}`);
    },
  };
}
