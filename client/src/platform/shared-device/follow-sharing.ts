import type { DeviceId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Observable } from '#platform/live/observable.ts';
import type { RecordCapabilities } from '#platform/operations/record-operation.ts';
import type { RpcClients } from '#platform/rpc/rpc-clients.ts';
import type { Session } from '#platform/session/session.ts';
import { whenConnected } from '#platform/session/when-connected.ts';
import type { SyncState } from '#platform/sync/sync-state.ts';
import { createSharing, sessionOfUser } from './sharing.ts';

/** Who uses the device, shared or not, as the server tells it at each contact; loaded beside the look at the storage. */
export function followSharing(ports: {
  readonly owner: Observable<Session>;
  readonly rpc: RpcClients;
  readonly deviceId: DeviceId;
  readonly state: Observable<SyncState>;
  readonly onProblem: (what: string, error: unknown) => void;
}) {
  const { owner, rpc, deviceId, state, onProblem } = ports;
  const sharing = createSharing(localStorage, owner.current().tenantId);
  const session = sessionOfUser(owner, sharing);
  const openSharedDevice = async () => {
    const module = await import('./open-shared-device.ts');
    return module.openSharedDevice({ rpc, deviceId, sharing, owner });
  };
  whenConnected(state, () => {
    openSharedDevice()
      .then((device) => device.refresh())
      .catch((error: unknown) => onProblem('hear who shares this device', error));
  });
  return {
    sharing,
    session,
    openSharedDevice,
    /** In whose name something is recorded now. */
    actor(): { readonly userId: UserId; readonly prove: RecordCapabilities['prove'] } {
      const { isShared, acting } = sharing.current();
      // Nothing that records is shown then.
      if (isShared && acting === null) throw new Error('nobody is at this shared device');
      return { userId: session.current().userId, prove: acting?.prove };
    },
  };
}
