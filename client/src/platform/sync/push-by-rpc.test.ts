import { Code, ConnectError, createRouterTransport } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-web';
import { ErrorDetailSchema } from '@eventkit/proto/gen/eventkit/v1/error_pb.ts';
import { SyncService, Verdict } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import type { DeviceId, OperationId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { describe, expect, it } from 'vitest';
import { createRpcClients } from '#platform/rpc/rpc-clients.ts';
import { idOf } from '#platform/testing/test-ids.ts';
import { createPushByRpc } from './push-by-rpc.ts';

const batch = {
  deviceId: idOf(9, 1) as DeviceId,
  operations: [{ id: idOf(30, 1) as OperationId, envelope: new Uint8Array([1]) }],
  queueLength: 4,
  oldestWaitingAt: instantOfMs(1_000),
  lastSequence: 5,
};
const never = new AbortController().signal;

function pushTo(answer: () => { verdict: Verdict; reason: string }) {
  const requests: unknown[] = [];
  const transport = createRouterTransport(({ service }) => {
    service(SyncService, {
      push: (request) => {
        const { deviceId, queueLength, oldestWaitingAtMicros, lastSequence, appVersion } = request;
        requests.push([deviceId, queueLength, oldestWaitingAtMicros, lastSequence, appVersion]);
        return { results: request.operations.map(({ id }) => ({ id, ...answer() })) };
      },
    });
  });
  const push = createPushByRpc({ sync: createRpcClients(transport).sync, appVersion: '1.2.3' });
  return { push, requests };
}

function pushThrough(fetch: typeof globalThis.fetch) {
  const transport = createConnectTransport({ baseUrl: 'http://server.test', fetch, useBinaryFormat: true });
  return createPushByRpc({ sync: createRpcClients(transport).sync, appVersion: '1.2.3' })(batch, never);
}

describe('pushing by RPC', () => {
  it('says who sends and how many wait, and hands every verdict on', async () => {
    const verdicts = [
      Verdict.APPLIED,
      Verdict.SUPERSEDED,
      Verdict.CONFLICTED,
      Verdict.REFUSED,
      Verdict.KEPT_UNREAD,
    ];
    const said: string[] = [];
    for (const verdict of verdicts) {
      const { push, requests } = pushTo(() => ({ verdict, reason: '' }));
      const pushed = await push(batch, never);
      if (!pushed.ok) throw new Error(pushed.error.problem);
      said.push(...pushed.value.map((answer) => `${answer.verdict}:${answer.reason}`));
      expect(requests).toEqual([[batch.deviceId, 4, 1_000_000n, 5n, '1.2.3']]);
    }
    expect(said).toEqual([
      'applied:null',
      'superseded:null',
      'conflicted:null',
      'refused:null',
      'kept_unread:null',
    ]);
  });

  it('takes a verdict it does not know for no answer', async () => {
    const { push } = pushTo(() => ({ verdict: 99 as Verdict, reason: '' }));
    expect(await push(batch, never)).toEqual({ ok: true, value: [] });
  });

  it.each([
    [Code.Unauthenticated, 'unauthenticated'],
    [Code.PermissionDenied, 'not_allowed'],
    [Code.InvalidArgument, 'not_taken'],
    [Code.Unavailable, 'unreachable'],
    // How Connect in Node calls a connection that was reset: as when the server was killed.
    [Code.Aborted, 'unreachable'],
    [Code.Internal, 'server_failed'],
  ] as const)('makes of code %s that the server %s', async (code, tag) => {
    const { push } = pushTo(() => {
      throw new ConnectError('no', code);
    });
    expect(await push(batch, never)).toMatchObject({ ok: false, error: { tag } });
  });

  it.each([
    ['device_revoked', Code.PermissionDenied, 'device_revoked'],
    ['device_unknown', Code.PermissionDenied, 'device_unknown'],
    ['not_found', Code.NotFound, 'device_unknown'],
  ] as const)('makes of the reason %s that it is about this device', async (reason, code, tag) => {
    const { push } = pushTo(() => {
      const detail = { desc: ErrorDetailSchema, value: { reason, field: 'device_id' } };
      throw new ConnectError('no', code, undefined, [detail]);
    });
    expect(await push(batch, never)).toMatchObject({ ok: false, error: { tag } });
  });

  it('tells a cut cable and a proxy from a server that stumbles', async () => {
    const tagOf = async (fetch: typeof globalThis.fetch) => {
      const pushed = await pushThrough(fetch);
      return pushed.ok ? 'ok' : pushed.error.tag;
    };
    const cut = async () => {
      throw new TypeError('fetch failed');
    };
    expect(await tagOf(cut)).toBe('unreachable');
    expect(await tagOf(async () => new Response('bad gateway', { status: 502 }))).toBe('unreachable');
    expect(await tagOf(async () => new Response('', { status: 401 }))).toBe('unauthenticated');
    expect(await tagOf(async () => new Response('', { status: 500 }))).toBe('server_failed');
  });
});
