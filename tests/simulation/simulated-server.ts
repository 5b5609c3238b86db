import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { createAuthService } from '@eventkit/api/auth/auth-service.ts';
import { openKeyFolder } from '@eventkit/api/auth/key-folder.ts';
import { createLeaseSigner, type LeaseSigner } from '@eventkit/api/auth/offline-lease.ts';
import { createSyncTokenSigner, type SyncTokenSigner } from '@eventkit/api/auth/sync-token.ts';
import { type Principal, principalKey } from '@eventkit/api/http/caller.ts';
import { startSync } from '@eventkit/cli/stack/start-sync.ts';
import { createPool } from '@eventkit/database/pool.ts';
import { AuthService } from '@eventkit/proto/gen/eventkit/v1/auth_pb.ts';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { machineClock } from './machine-clock.ts';

/** The real server, but for how people sign in: calls name their person in a header. */
export type SimulatedServer = {
  readonly url: string;
  /** Goes away in the middle of whatever it does and comes back at the same address. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

const PRINCIPAL_HEADER = 'x-simulated-principal';

/** Puts the person's name on each call. */
export function signedInAs(principal: Principal): Interceptor {
  return (next) => (request) => {
    request.header.set(PRINCIPAL_HEADER, JSON.stringify(principal));
    return next(request);
  };
}

export async function startSimulatedServer(ownerUrl: string): Promise<SimulatedServer> {
  const folder = await mkdtemp(join(tmpdir(), 'eventkit-simulation-keys-'));
  const issuer = 'http://simulation.test';
  const key = await openKeyFolder(folder).signingKey('sync-token');
  const signer = await createSyncTokenSigner({ key, issuer, clock: machineClock });
  const leases = await createLeaseSigner({ key, clock: machineClock });
  let running = await start(ownerUrl, { issuer, signer, leases }, 0);
  const { port } = running;
  return {
    url: `http://127.0.0.1:${port}`,
    async restart() {
      await running.stop();
      running = await start(ownerUrl, { issuer, signer, leases }, port);
    },
    async stop() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function start(
  ownerUrl: string,
  {
    issuer,
    signer,
    leases,
  }: { readonly issuer: string; readonly signer: SyncTokenSigner; readonly leases: LeaseSigner },
  port: number,
) {
  const pool = createPool({
    url: ownerUrl,
    role: 'eventkit_app',
    max: 12,
    applicationName: 'simulated server',
    onIdleError: () => undefined,
  });
  const sync = await startSync({
    ownerUrl,
    appPool: pool,
    clock: machineClock,
    log: pino({ level: 'silent' }),
    metrics: new Registry(),
    signer,
    issuer,
    silentAfterDays: 7,
    isStreamElsewhere: false,
  });
  const rpc = connectNodeAdapter({
    interceptors: [authenticate],
    routes(router) {
      router.service(AuthService, createAuthService({ pool, signer, leases }));
      sync.registerServices(router);
    },
  });
  const server = createServer((request, response) => {
    if (!sync.nodeRoute(request, response)) rpc(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      await closeNow(server);
      await sync.stop();
      await pool.end();
    },
  };
}

const authenticate: Interceptor = (next) => (request) => {
  const principal = request.header.get(PRINCIPAL_HEADER);
  if (principal === null) throw new ConnectError('nobody is named', Code.Unauthenticated);
  request.contextValues.set(principalKey, JSON.parse(principal) as Principal);
  return next(request);
};

/** Calls under way lose their connection. */
function closeNow(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
