import { Code, ConnectError, createRouterTransport } from '@connectrpc/connect';
import { AuthService } from '@eventkit/proto/gen/eventkit/v1/auth_pb.ts';
import { ErrorDetailSchema } from '@eventkit/proto/gen/eventkit/v1/error_pb.ts';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import { describe, expect, it } from 'vitest';
import { createRpcClients } from '#platform/rpc/rpc-clients.ts';
import { idOf } from '#platform/testing/test-ids.ts';
import { createConnector } from './connector.ts';

/** A server that says no in this way while it is set, and what the device does about it. */
function connect(refusal: ConnectError) {
  const did: string[] = [];
  let said: ConnectError | null = refusal;
  let timeoutMs: number | undefined;
  const transport = createRouterTransport(({ service }) => {
    service(AuthService, {
      createSyncToken(_, context) {
        timeoutMs = context.timeoutMs();
        if (said !== null) throw said;
        return { token: 'sync', expiresAtMicros: 1_000_000n, lease: 'lease', leaseKey: 'key' };
      },
    });
  });
  const connector = createConnector({
    auth: createRpcClients(transport).auth,
    deviceId: idOf(9, 1) as DeviceId,
    endpoint: 'http://server.test',
    ensureRegistered: async () => void did.push('registered'),
    forgetRegistration: async () => void did.push('forgotten'),
    renewLease: async ({ lease, leaseKey }) => void did.push(`${lease} ${leaseKey}`),
    onToken: () => did.push('token'),
    onFailure: ({ tag }) => did.push(tag),
  });
  return {
    did,
    relent() {
      said = null;
    },
    timeoutMs: () => timeoutMs,
    fetch: async () => (await connector.fetchCredentials().catch(() => null))?.token ?? null,
  };
}

const reasoned = (code: Code, reason: string) =>
  new ConnectError('no', code, undefined, [
    { desc: ErrorDetailSchema, value: { reason, field: 'device_id' } },
  ]);

describe('the token of the stream', () => {
  it('a server that has forgotten the device is told of it again', async () => {
    const { did, fetch, relent } = connect(reasoned(Code.NotFound, 'not_found'));
    expect(await fetch()).toBeNull();
    relent();
    expect(await fetch()).toBe('sync');
    expect(did).toEqual(['registered', 'device_unknown', 'forgotten', 'registered', 'token', 'lease key']);
  });

  it('a device that was shut out is called so and stays registered', async () => {
    const { did, fetch } = connect(reasoned(Code.PermissionDenied, 'device_revoked'));
    expect(await fetch()).toBeNull();
    expect(did).toEqual(['registered', 'device_revoked']);
  });

  it('is asked for with an end in sight, so that a line that has died holds no stream up for ever', async () => {
    const { fetch, relent, timeoutMs } = connect(reasoned(Code.NotFound, 'not_found'));
    relent();
    await fetch();
    expect(timeoutMs()).toBeLessThanOrEqual(10_000);
  });
});
