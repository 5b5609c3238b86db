import { createObservable, type Observable } from '#platform/live/observable.ts';
import { readDeviceState, writeDeviceState } from '#platform/replica/device-state.ts';
import type { Replica } from '#platform/replica/replica.ts';
import type { RpcClients } from '#platform/rpc/rpc-clients.ts';
import { smallCall } from '#platform/rpc/small-call.ts';
import type { DeviceIdentity } from './device-identity.ts';

export type DeviceRegistration = {
  readonly identity: Observable<DeviceIdentity>;
  /** Tells the server of the device and its name unless it knows; rejects where the server cannot be reached. */
  ensureRegistered(): Promise<void>;
  /** The server has lost sight of the device, as after a restored backup: it is told again at the next chance. */
  forget(): Promise<void>;
  /** Holds at once; the server hears of it at the first chance. */
  rename(name: string): Promise<void>;
};

/** The device as the replica remembers it, and as the server comes to know it. */
export async function createDeviceRegistration(ports: {
  readonly replica: Replica;
  readonly auth: Pick<RpcClients['auth'], 'registerDevice'>;
  readonly deviceId: DeviceIdentity['deviceId'];
  readonly firstName: string;
}): Promise<DeviceRegistration> {
  const { replica, auth, deviceId, firstName } = ports;
  const known = await readDeviceState(replica, ['device_name', 'is_registered']);
  const identity = createObservable<DeviceIdentity>({
    deviceId,
    name: known.device_name ?? firstName,
    isRegistered: known.is_registered === '1',
  });

  const register = async () => {
    const { name } = identity.current();
    await auth.registerDevice({ deviceId, name }, smallCall());
    await writeDeviceState(replica, { device_name: name, is_registered: '1' });
    // It may have been renamed meanwhile; then the next chance tells the newer name.
    if (identity.current().name === name) identity.set({ deviceId, name, isRegistered: true });
  };
  let running: Promise<void> | null = null;
  const ensureRegistered = async () => {
    if (identity.current().isRegistered) return;
    running ??= register().finally(() => {
      running = null;
    });
    await running;
  };
  const putOff = async (name: string) => {
    await writeDeviceState(replica, { device_name: name, is_registered: '0' });
    identity.set({ deviceId, name, isRegistered: false });
  };
  return {
    identity,
    ensureRegistered,
    forget: () => putOff(identity.current().name),
    rename: putOff,
  };
}
