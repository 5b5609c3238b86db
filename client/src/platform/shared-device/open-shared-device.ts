import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import type { Observable, WritableObservable } from '#platform/live/observable.ts';
import type { RpcClients } from '#platform/rpc/rpc-clients.ts';
import type { Session } from '#platform/session/session.ts';
import { createBrowserEnrolmentStore } from './browser-enrolment-store.ts';
import { createSharedDevice, type SharedDevice } from './shared-device.ts';
import type { Sharing } from './sharing.ts';
import { createSharingServer } from './sharing-server.ts';

const LOOK_EVERY_MS = 60_000;
/** One for each device that is open: a second one would know nothing of whom the first lets in. */
const opened = new WeakMap<WritableObservable<Sharing>, SharedDevice>();

/** All that a shared device needs, as one piece to be loaded apart from the app; the same one at each call. */
export function openSharedDevice(parts: {
  readonly rpc: RpcClients;
  readonly deviceId: DeviceId;
  readonly sharing: WritableObservable<Sharing>;
  readonly owner: Observable<Session>;
}): SharedDevice {
  const { rpc, deviceId, sharing, owner } = parts;
  const known = opened.get(sharing);
  if (known !== undefined) return known;
  const device = createSharedDevice({
    store: createBrowserEnrolmentStore(owner.current().tenantId),
    server: createSharingServer(rpc.transport, deviceId),
    sharing,
    owner: () => owner.current(),
  });
  opened.set(sharing, device);
  setInterval(() => {
    if (!sharing.current().isShared) return;
    device.refresh().catch((error: unknown) => console.error('could not hear who shares this device', error));
  }, LOOK_EVERY_MS);
  return device;
}
