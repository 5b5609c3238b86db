import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import type { PowerSyncBackendConnector } from '@powersync/common';
import type { GrantedLease } from '#platform/device/lease/lease.ts';
import { failureOf } from '#platform/rpc/failure-of.ts';
import type { RpcClients } from '#platform/rpc/rpc-clients.ts';
import { smallCall } from '#platform/rpc/small-call.ts';
import type { PushFailure } from './push.ts';

export type ConnectorPorts = {
  readonly auth: Pick<RpcClients['auth'], 'createSyncToken'>;
  readonly deviceId: DeviceId;
  /** Where /sync/stream is, without a slash at the end. */
  readonly endpoint: string;
  /** Resolves when the server knows this device; a token is given to known devices only. */
  readonly ensureRegistered: () => Promise<void>;
  /** The server does not know this device: it is to be registered again. */
  readonly forgetRegistration: () => Promise<void>;
  /** The server has leased the device to this person anew. */
  readonly renewLease: (granted: GrantedLease) => Promise<void>;
  readonly onToken: () => void;
  readonly onFailure: (failure: PushFailure) => void;
};

/** PowerSync only downloads: it gets its short-lived tokens here and has nothing to upload, ever. */
export function createConnector(ports: ConnectorPorts): PowerSyncBackendConnector {
  return {
    async fetchCredentials() {
      try {
        await ports.ensureRegistered();
        const { token, expiresAtMicros, lease, leaseKey } = await ports.auth.createSyncToken(
          { deviceId: ports.deviceId },
          smallCall(),
        );
        ports.onToken();
        await ports.renewLease({ lease, leaseKey });
        return { endpoint: ports.endpoint, token, expiresAt: new Date(Number(expiresAtMicros / 1000n)) };
      } catch (error) {
        const failure = failureOf(error);
        ports.onFailure(failure);
        if (failure.tag === 'device_unknown') await ports.forgetRegistration();
        if (failure.tag === 'unauthenticated') return null;
        // The SDK tells errors from one another by their text alone, and tries again after its delay.
        throw new Error(`no sync token: ${failure.problem}`);
      }
    },
    async uploadData() {
      // Its queue is always empty: no synced table has a trigger that fills it.
    },
  };
}
