import { Code, ConnectError, type HandlerContext } from '@connectrpc/connect';
import type {
  FindStreamRequest,
  PushRequest,
  PushResponse,
  ReportDeviceRequest,
} from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import type { Caller } from '@eventkit/sync-server/upload/people-store.ts';
import { createSyncService } from '@eventkit/sync-server/upload/sync-service.ts';
import { createMemoryBatchStore, databaseError } from './memory-batch-store.ts';
import type { TenantTables } from './memory-database.ts';
import { createLocks } from './memory-locks.ts';
import type { Poison } from './poison.ts';
import type { OpenAtServer } from './virtual-line.ts';
import { createVirtualReplication } from './virtual-replication.ts';
import type { World } from './world.ts';

/** The real upload side of the sync server over a database in memory; the download side is a model. */
export type VirtualServer = {
  push(request: PushRequest, caller: Caller): Promise<PushResponse>;
  getTime(): Promise<{ serverTimeMicros: bigint }>;
  reportDevice(request: ReportDeviceRequest, caller: Caller): Promise<unknown>;
  findStream(request: FindStreamRequest, caller: Caller): Promise<unknown>;
  createSyncToken(deviceId: string, caller: Caller): Promise<{ token: string; expiresAtMicros: bigint }>;
  registerDevice(deviceId: string, caller: Caller): Promise<void>;
  openStream(deviceId: string): OpenAtServer;
  /** Nobody of the company is signed in any more, until they are again. */
  setSignedIn(userId: string, isSignedIn: boolean): void;
  loseSlot(): void;
  /** Up again, if it was down. */
  recover(): void;
  /** At one of its next statements, or right after one of its next commits. */
  crashSoon(afterCommit: boolean): void;
  /** To be called after each commit. */
  follow(tenantId: string, tables: TenantTables): void;
  head(tenantId: string): { readonly generation: number; readonly position: number };
};

const TOKEN_LIVES_MS = 300_000;

export function createVirtualServer(
  world: World,
  tenantsById: ReadonlyMap<string, TenantTables>,
  poison: Poison,
): VirtualServer {
  const { time, counts } = world;
  const random = world.random.fork('server');
  const locks = createLocks();
  const signedOut = new Set<string>();
  const underWay = new Set<(error: Error) => void>();
  const replication = createVirtualReplication(world, tenantsById);
  let isUp = true;
  let crashIn: number | null = null;
  let crashAfterCommit = false;
  const clock = { wallMs: time.nowMs, monotonicMs: time.nowMs };

  const tenantOf = (tenantId: string): TenantTables => {
    const tenant = tenantsById.get(tenantId);
    if (tenant === undefined) throw new Error(`no tenant ${tenantId}`);
    return tenant;
  };
  const crash = (forMs: number) => {
    if (!isUp) return;
    counts.serverCrashes += 1;
    world.trace('server crash');
    isUp = false;
    crashIn = null;
    crashAfterCommit = false;
    locks.forgetAll();
    for (const fail of underWay) fail(new ConnectError('connection reset', Code.Unavailable));
    underWay.clear();
    replication.breakStreams();
    time.after(forMs, () => {
      isUp = true;
    });
  };
  const dieHere = (): Promise<never> => {
    crash(random.between(500, 20_000));
    return new Promise(() => undefined);
  };

  /** What a server that has crashed since was about to do is never done. */
  const connect = () => {
    const crashesBefore = counts.serverCrashes;
    const isLost = () => counts.serverCrashes > crashesBefore;
    return { isLost, beforeStatement: () => beforeStatement(isLost), afterCommit };
  };
  const beforeStatement = async (isLost: () => boolean): Promise<void> => {
    const { databaseSlow, databaseStumbles } = world.faults();
    if (databaseSlow > 0 && random.chance(databaseSlow)) await time.wait(random.between(1, 200));
    if (isLost()) return new Promise(() => undefined);
    if (crashIn !== null) {
      crashIn -= 1;
      if (crashIn <= 0) return dieHere();
    }
    if (databaseStumbles > 0 && random.chance(databaseStumbles)) {
      counts.databaseStumbles += 1;
      const code = random.pick(['40001', '40P01', '40001', '08006', '57P01']);
      throw databaseError(code, 'the database stumbled');
    }
  };
  const afterCommit = async (): Promise<void> => {
    if (!crashAfterCommit) return;
    counts.crashesAfterCommit += 1;
    return dieHere();
  };

  const store = createMemoryBatchStore(tenantOf, locks, {
    nowMs: time.nowMs,
    breaksRule: (id) => poison.kindOf(id) === 'breaks_rule',
    connect,
  });
  const service = createSyncService({
    store,
    clock,
    callerOf: (context) => (context as unknown as { caller: Caller }).caller,
    deviceOf() {
      throw new Error('no device is leased here');
    },
    logger: { warn: () => undefined, error: () => undefined },
    hasStream: (of) => (world.faults().knowsStreams ? replication.hasStream(of) : null),
    metrics: {
      countOperations: () => undefined,
      observeBatch: () => undefined,
      countUnavailable: () => undefined,
      countLost: () => undefined,
    },
  });

  /** Where the server dies meanwhile, the caller's connection breaks and the work is never finished. */
  const serve = <T>(caller: Caller | null, work: () => Promise<T> | T): Promise<T> => {
    if (!isUp) return Promise.reject(new ConnectError('connection refused', Code.Unavailable));
    if (caller !== null && signedOut.has(caller.userId)) {
      return Promise.reject(new ConnectError('sign in first', Code.Unauthenticated));
    }
    return new Promise<T>((resolve, reject) => {
      underWay.add(reject);
      const done = () => underWay.delete(reject);
      Promise.resolve().then(work).then(resolve, reject).finally(done);
    });
  };

  return {
    push: (request, caller) =>
      serve(caller, async () => {
        for (const { id } of request.operations) {
          const kind = poison.kindOf(id);
          if (kind === 'not_taken') throw new ConnectError('against the wire', Code.InvalidArgument);
          if (kind === 'stumbles') throw new ConnectError('something broke', Code.Internal);
        }
        return (await service.push(request, contextOf(caller))) as PushResponse;
      }),
    reportDevice: (request, caller) => serve(caller, () => service.reportDevice(request, contextOf(caller))),
    findStream: (request, caller) => serve(caller, () => service.findStream(request, contextOf(caller))),
    getTime: () =>
      serve(null, () => service.getTime({} as never, {} as HandlerContext) as { serverTimeMicros: bigint }),
    createSyncToken: (deviceId, caller) =>
      serve(caller, () => {
        if (!tenantOf(caller.tenantId).deviceIds.has(deviceId)) {
          throw new ConnectError('no such device', Code.NotFound);
        }
        const expiresAtMs = time.nowMs() + TOKEN_LIVES_MS;
        const token = `${caller.tenantId} ${deviceId} ${expiresAtMs}`;
        return { token, expiresAtMicros: BigInt(Math.floor(expiresAtMs)) * 1000n };
      }),
    registerDevice: (deviceId, caller) =>
      serve(caller, () => {
        tenantOf(caller.tenantId).deviceIds.add(deviceId);
      }),
    openStream: (deviceId) => (request, peer) => {
      if (!isUp) throw new ConnectError('connection refused', Code.Unavailable);
      const [tenantId = '', named, expiresAtMs] = request.token.split(' ');
      const isValid = named === deviceId && Number(expiresAtMs) > time.nowMs();
      if (!isValid) throw new ConnectError('the token is not valid', Code.Unauthenticated);
      return replication.open({ tenantId, deviceId, expiresAtMs: Number(expiresAtMs) }, request, peer);
    },
    setSignedIn(userId, isSignedIn) {
      if (isSignedIn) signedOut.delete(userId);
      else signedOut.add(userId);
    },
    loseSlot: replication.loseSlot,
    recover() {
      isUp = true;
      crashIn = null;
      crashAfterCommit = false;
    },
    crashSoon(afterCommit) {
      if (afterCommit) crashAfterCommit = true;
      else crashIn = Math.ceil(random.between(0, 25));
    },
    follow: replication.follow,
    head: replication.head,
  };
}

function contextOf(caller: Caller): HandlerContext {
  return { caller } as unknown as HandlerContext;
}
