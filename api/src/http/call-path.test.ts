import {
  Code,
  ConnectError,
  createClient,
  createRouterTransport,
  type HandlerContext,
  type Transport,
} from '@connectrpc/connect';
import { AuthService } from '@eventkit/proto/gen/eventkit/v1/auth_pb.ts';
import { ErrorDetailSchema } from '@eventkit/proto/gen/eventkit/v1/error_pb.ts';
import { InventoryService } from '@eventkit/proto/gen/eventkit/v1/inventory_pb.ts';
import { SyncHealthService } from '@eventkit/proto/gen/eventkit/v1/sync_health_pb.ts';
import type { TenantId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { permissionsByRole } from '@eventkit/shared/permissions/roles.ts';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { describe, expect, it, vi } from 'vitest';
import type { Authentication } from './authenticate.ts';
import { type CallPathCapabilities, callPath } from './call-path.ts';
import { callerOf } from './caller.ts';
import type { KeptAnswers } from './idempotency/answer-once.ts';
import { remainingMsKey } from './keep-deadline.ts';

const DEVICE = '01a00000-0000-7000-8000-0000000000aa';

type CreateSyncToken = (
  context: HandlerContext,
) => { readonly token: string } | Promise<{ readonly token: string }>;

/** The whole chain before a service that answers every device with a token. */
function serverOf(
  own: Partial<CallPathCapabilities> = {},
  createSyncToken: CreateSyncToken = () => ({ token: 'token' }),
) {
  const logLines: Record<string, unknown>[] = [];
  const metrics = new Registry();
  let asked = 0;
  const answers = createMemoryAnswers();
  const authentication: Authentication = {
    bySession: async () => null,
    byLease: async () => null,
    async byBearerToken(token) {
      asked += 1;
      if (token === 'broken') throw new Error('SELECT secrets');
      const [userId, role] = token.split('.');
      if (role !== 'warehouse' && role !== 'admin') return null;
      const permissions = permissionsByRole[role];
      return { tenantId: 'north' as TenantId, userId: userId as UserId, role, permissions };
    },
  };
  const capabilities: CallPathCapabilities = {
    log: pino({ level: 'info' }, { write: (line: string) => void logLines.push(JSON.parse(line)) }),
    clock: { wallMs: () => 0, monotonicMs: () => 0 },
    metrics,
    authentication,
    limiter: { admitStranger: () => ({ isAdmitted: true }), admitPerson: () => ({ isAdmitted: true }) },
    keptAnswers: answers,
    ...own,
  };
  const transport = createRouterTransport(
    (router) =>
      router
        .service(AuthService, { createSyncToken: (_request, context) => createSyncToken(context) })
        .service(SyncHealthService, {}),
    { router: callPath(capabilities) },
  );
  return {
    capabilities,
    transport,
    logLines,
    timesAsked: () => asked,
    keysTaken: () => answers.keysTaken(),
    async countOf(code: string) {
      const found = await metrics.getSingleMetricAsString('eventkit_rpc_seconds');
      const line = new RegExp(`_seconds_count\\{.*code="${code}"\\} (\\d+)`).exec(found);
      return Number(line?.[1] ?? 0);
    },
  };
}

/** Takes every key, once. */
function createMemoryAnswers(): KeptAnswers & { keysTaken(): readonly string[] } {
  const taken: string[] = [];
  return {
    async claim(_scope, { key }) {
      taken.push(key);
      return { tag: 'claimed', claim: { key, claim: key } };
    },
    keep: async () => undefined,
    async release(_scope, { key }) {
      taken.splice(taken.indexOf(key), 1);
    },
    keysTaken: () => taken,
  };
}

function as(token: string) {
  return { headers: { authorization: `Bearer ${token}` } };
}

async function refusalOf(call: Promise<unknown>): Promise<ConnectError> {
  try {
    await call;
  } catch (thrown) {
    return ConnectError.from(thrown);
  }
  throw new Error('the call went well');
}

const token = (transport: Transport, deviceId: string, ...options: [{ headers: Record<string, string> }?]) =>
  createClient(AuthService, transport).createSyncToken({ deviceId }, ...options);

describe('a call goes through, the outermost first:', () => {
  it('recovery, then the log: what breaks in the log is concealed', async () => {
    const clock = {
      wallMs: () => 0,
      monotonicMs: () => {
        throw new Error('SELECT secrets');
      },
    };
    const refused = await refusalOf(token(serverOf({ clock }).transport, DEVICE, as('jana.warehouse')));
    expect(refused.code).toBe(Code.Internal);
    expect(refused.message).not.toContain('secrets');
  });

  it('the log, then metrics: what breaks in metrics is in the log', async () => {
    let reads = 0;
    const clock = {
      wallMs: () => 0,
      monotonicMs: () => {
        reads += 1;
        // The gate asks twice, then the log.
        if (reads === 4) throw new Error('the one after the log to ask the time');
        return 0;
      },
    };
    let answered = 0;
    const server = serverOf({ clock }, () => {
      answered += 1;
      return { token: 'token' };
    });
    await refusalOf(token(server.transport, DEVICE, as('jana.warehouse')));
    expect(server.logLines).toContainEqual(expect.objectContaining({ code: 'Unknown' }));
    expect(answered).toBe(0);
  });

  it('metrics, then authentication: who is nobody is counted and logged', async () => {
    const server = serverOf();
    const refused = await refusalOf(token(server.transport, DEVICE, as('stranger')));
    expect(refused.code).toBe(Code.Unauthenticated);
    expect(await server.countOf('Unauthenticated')).toBe(1);
    expect(server.logLines).toContainEqual(expect.objectContaining({ code: 'Unauthenticated' }));
  });

  it('authentication, then limits: a person is counted as themselves, a stranger by address', async () => {
    const counted: unknown[] = [];
    const refuse = (whom: unknown) => {
      counted.push(whom);
      return { isAdmitted: false as const, retryAfterMs: 1500 };
    };
    const server = serverOf({ limiter: { admitStranger: refuse, admitPerson: refuse } });
    await refusalOf(token(server.transport, DEVICE, as('jana.warehouse')));
    await refusalOf(token(server.transport, DEVICE, as('stranger')));
    expect(counted).toEqual([expect.objectContaining({ userId: 'jana', tenantId: 'north' }), 'unknown']);
    expect(server.logLines).toContainEqual(
      expect.objectContaining({ code: 'ResourceExhausted', userId: 'jana', tenantId: 'north' }),
    );
  });

  it('limits again, before authentication: who does not wait is not looked up once more', async () => {
    const refuse = () => ({ isAdmitted: false as const, retryAfterMs: 1500 });
    const server = serverOf({ limiter: { admitStranger: refuse, admitPerson: refuse } });
    for (let count = 0; count < 5; count += 1) {
      const refused = await refusalOf(token(server.transport, DEVICE, as('jana.warehouse')));
      expect(refused.findDetails(ErrorDetailSchema)).toMatchObject([
        { reason: 'rate_limited', retryAfterMs: 1500 },
      ]);
    }
    expect(server.timesAsked()).toBe(1);
    await refusalOf(token(server.transport, DEVICE, as('lea.warehouse')));
    expect(server.timesAsked()).toBe(2);
  });

  it('limits, then the right and validation: what is too much is looked at no further', async () => {
    const refuse = () => ({ isAdmitted: false as const, retryAfterMs: 1500 });
    const { transport } = serverOf({ limiter: { admitStranger: refuse, admitPerson: refuse } });
    const client = createClient(SyncHealthService, transport);
    const refused = await refusalOf(client.exportKeptOperations({ deviceId: 'no id' }, as('jana.warehouse')));
    expect(refused.code).toBe(Code.ResourceExhausted);
    expect(refused.metadata.get('retry-after')).toBe('2');
    expect(refused.findDetails(ErrorDetailSchema)).toMatchObject([
      { reason: 'rate_limited', retryAfterMs: 1500 },
    ]);
  });

  it('the right, then validation: what is wrong with a message is said to who may send it', async () => {
    const client = createClient(SyncHealthService, serverOf().transport);
    const refused = await refusalOf(client.exportKeptOperations({ deviceId: 'no id' }, as('lea.admin')));
    expect(refused.code).toBe(Code.InvalidArgument);
    const unpermitted = client.exportKeptOperations({ deviceId: 'no id' }, as('jana.warehouse'));
    expect((await refusalOf(unpermitted)).code).toBe(Code.PermissionDenied);
  });

  it('validation, then the key of a write: what is wrong with a message takes none', async () => {
    const server = serverOf();
    const headers = { ...as('jana.warehouse').headers, 'idempotency-key': 'key-1' };
    await refusalOf(token(server.transport, 'no id', { headers }));
    expect(server.keysTaken()).toEqual([]);
    await token(server.transport, DEVICE, { headers });
    expect(server.keysTaken()).toEqual(['key-1']);
  });

  it('the key of a write, then the deadline: what ran out of time keeps its key, what failed does not', async () => {
    const server = serverOf({}, () => new Promise(() => undefined));
    const keyed = (key: string) => ({ ...as('jana.warehouse').headers, 'idempotency-key': key });
    const headers = { ...keyed('key-1'), 'connect-timeout-ms': '20' };
    const refused = await refusalOf(token(server.transport, DEVICE, { headers }));
    expect(refused.code).toBe(Code.DeadlineExceeded);
    expect(server.keysTaken()).toEqual(['key-1']);

    const failing = serverOf({}, () => {
      throw new Error('no token today');
    });
    await refusalOf(token(failing.transport, DEVICE, { headers: keyed('key-2') }));
    expect(failing.keysTaken()).toEqual([]);
  });

  it('the deadline, then the service, which knows how long its caller waits', async () => {
    let remaining: number | null | undefined;
    const server = serverOf({}, ({ values }) => {
      remaining = values.get(remainingMsKey)?.();
      return { token: 'token' };
    });
    const headers = { ...as('jana.warehouse').headers, 'connect-timeout-ms': '1500' };
    await token(server.transport, DEVICE, { headers });
    expect(remaining).toBe(1500);
    await token(server.transport, DEVICE, as('jana.warehouse'));
    expect(remaining).toBe(50_000);
  });

  it('the time at the gate is part of the time of a call', async () => {
    let nowMs = 0;
    const authentication: Authentication = {
      bySession: async () => null,
      byLease: async () => null,
      async byBearerToken() {
        nowMs += 70;
        return null;
      },
    };
    const server = serverOf({ clock: { wallMs: () => 0, monotonicMs: () => nowMs }, authentication });
    await refusalOf(token(server.transport, DEVICE, as('jana.warehouse')));
    expect(server.logLines).toContainEqual(expect.objectContaining({ code: 'Unauthenticated', ms: 70 }));
  });

  it('and the service, where all is well', async () => {
    const server = serverOf();
    expect(await token(server.transport, DEVICE, as('jana.warehouse'))).toMatchObject({ token: 'token' });
    expect(await server.countOf('ok')).toBe(1);
  });

  it('the deadline, then the turn: of one person few are done at once, of another none waits for them', async () => {
    const ends: (() => void)[] = [];
    const begun: string[] = [];
    const server = serverOf();
    const transport = createRouterTransport(
      (router) =>
        router.service(SyncHealthService, {}).service(InventoryService, {
          async listProducts(_request, context) {
            begun.push(callerOf(context).userId);
            await new Promise<void>((resolve) => ends.push(resolve));
            return {};
          },
        }),
      { router: callPath({ ...server.capabilities, metrics: new Registry() }) },
    );
    const client = createClient(InventoryService, transport);
    const greedy = Array.from({ length: 10 }, () => client.listProducts({}, as('jana.warehouse')));
    await vi.waitFor(() => expect(begun).toHaveLength(4));
    const other = client.listProducts({}, as('lea.warehouse'));
    await vi.waitFor(() => expect(begun).toHaveLength(5));
    expect(begun.filter((userId) => userId === 'jana')).toHaveLength(4);
    expect(begun.at(-1)).toBe('lea');
    while (begun.length < 11 || ends.length > 0) {
      ends.shift()?.();
      await new Promise(setImmediate);
    }
    await Promise.all([...greedy, other]);
    expect(begun.filter((userId) => userId === 'jana')).toHaveLength(10);
  });
});
