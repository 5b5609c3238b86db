import { Code, ConnectError, createRouterTransport } from '@connectrpc/connect';
import { AuthService } from '@eventkit/proto/gen/eventkit/v1/auth_pb.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRpcClients } from '#platform/rpc/rpc-clients.ts';
import { openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import { createDeviceRegistration } from './register-device.ts';

describe('registering a device', () => {
  let device: TestDevice;
  let told: string[];
  let isReachable: boolean;
  beforeEach(async () => {
    device = await openTestDevice();
    told = [];
    isReachable = true;
  });
  afterEach(() => device.close());

  const open = () => {
    const transport = createRouterTransport(({ service }) => {
      service(AuthService, {
        registerDevice: ({ deviceId, name }, context) => {
          // Whoever waits for it must not wait for ever on a line that has died.
          expect(context.timeoutMs() ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(10_000);
          if (!isReachable) throw new ConnectError('cut', Code.Unavailable);
          told.push(name);
          return { deviceId, name };
        },
      });
    });
    const { auth } = createRpcClients(transport);
    return createDeviceRegistration({
      replica: device.replica,
      auth,
      deviceId: device.deviceId,
      firstName: 'Chrome 1',
    });
  };

  it('tells the server once, however often it is asked, and remembers it', async () => {
    const registration = await open();
    await Promise.all([registration.ensureRegistered(), registration.ensureRegistered()]);
    expect(registration.identity.current()).toMatchObject({ name: 'Chrome 1', isRegistered: true });
    await (await open()).ensureRegistered();
    expect(told).toEqual(['Chrome 1']);
  });

  it('tells the server again when that has lost sight of it', async () => {
    const registration = await open();
    await registration.ensureRegistered();
    await registration.forget();
    await (await open()).ensureRegistered();
    expect(told).toEqual(['Chrome 1', 'Chrome 1']);
  });

  it('takes a new name at once and tells it at the first chance', async () => {
    const registration = await open();
    await registration.ensureRegistered();
    isReachable = false;
    await registration.rename('Dock 2 phone');
    await expect(registration.ensureRegistered()).rejects.toThrow('cut');
    isReachable = true;
    const later = await open();
    expect(later.identity.current()).toMatchObject({ name: 'Dock 2 phone', isRegistered: false });
    await later.ensureRegistered();
    expect(told).toEqual(['Chrome 1', 'Dock 2 phone']);
  });
});
