import { Code, ConnectError, createClient, createRouterTransport } from '@connectrpc/connect';
import { AuthService } from '@eventkit/proto/gen/eventkit/v1/auth_pb.ts';
import { describe, expect, it } from 'vitest';
import { failureOf } from './failure-of.ts';
import { createLazyRpcClients } from './lazy-rpc-clients.ts';
import { createRpcClients } from './rpc-clients.ts';

/** Clients of a server that knows Jana; `problem` is thrown while it is set. */
function lazyClients() {
  let loads = 0;
  const state: { problem: Error | null } = { problem: null };
  const transport = createRouterTransport(({ service }) => {
    service(AuthService, {
      getMe: () => ({ name: 'Jana' }),
      createSyncToken: () => {
        throw new ConnectError('no', Code.Unauthenticated);
      },
    });
  });
  const rpc = createLazyRpcClients(async () => {
    loads += 1;
    if (state.problem !== null) throw state.problem;
    return createRpcClients(transport);
  });
  return { rpc, state, loads: () => loads };
}

describe('clients that are loaded with the first call', () => {
  it('load nothing before it, and once for all calls, those at the same time included', async () => {
    const { rpc, loads } = lazyClients();
    expect(loads()).toBe(0);
    const answers = await Promise.all([rpc.auth.getMe({}), rpc.auth.getMe({})]);
    const { name } = await createClient(AuthService, rpc.transport).getMe({});
    expect([...answers.map((answer) => answer.name), name]).toEqual(['Jana', 'Jana', 'Jana']);
    expect(loads()).toBe(1);
  });

  it('hand on how the server said no', async () => {
    const failed = await lazyClients()
      .rpc.auth.createSyncToken({})
      .catch((error: unknown) => failureOf(error));
    expect(failed).toMatchObject({ tag: 'unauthenticated' });
  });

  it('take code that did not come for a server out of reach, and try again', async () => {
    const { rpc, state, loads } = lazyClients();
    state.problem = new TypeError('Failed to fetch dynamically imported module');
    const failed = await rpc.auth.getMe({}).catch((error: unknown) => failureOf(error));
    expect(failed).toMatchObject({ tag: 'unreachable' });
    state.problem = null;
    expect(await rpc.auth.getMe({})).toMatchObject({ name: 'Jana' });
    expect(loads()).toBe(2);
  });

  it('are no promises', async () => {
    const { rpc, loads } = lazyClients();
    expect(await rpc.auth).toBe(rpc.auth);
    expect(loads()).toBe(0);
  });
});
