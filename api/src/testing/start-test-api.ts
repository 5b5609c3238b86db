import { randomBytes } from 'node:crypto';
import { createPool } from '@eventkit/database/pool.ts';
import { createTestDatabase } from '@eventkit/database/testing/test-database.ts';
import { exportJWK, generateKeyPair } from 'jose';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { type AppCapabilities, createApp } from '#app.ts';
import { createLeaseSigner } from '#auth/offline-lease.ts';
import { createSessionCheck, type SessionCheck } from '#auth/session-check.ts';
import { createSyncTokenSigner } from '#auth/sync-token.ts';
import { createTokenRevocation, type TokenRevocation } from '#auth/token-revocation.ts';
import { createServer, type NodeHandler } from '#http/create-server.ts';
import { pushKeyOf } from '#notifications/send-push.ts';
import { createTestProvider, type TestProvider } from './create-test-provider.ts';
import { createMemoryBlobStore } from './memory-blob-store.ts';
import { seedTwoCompanies, type TestCompany } from './seed-two-companies.ts';

export type TestApi = {
  readonly url: string;
  readonly companies: readonly [TestCompany, TestCompany];
  readonly provider: TestProvider;
  readonly ownerUrl: string;
  readonly sessionCheck: SessionCheck;
  readonly tokenRevocation: TokenRevocation;
  /** Lines of the log, oldest first. */
  readonly logLines: readonly string[];
  stop(): Promise<void>;
};

const clock = { wallMs: () => Date.now(), monotonicMs: () => performance.now() };

export type TestSurroundings = { readonly publicUrl: URL; readonly companies: TestApi['companies'] };

/** The whole API on a free port, on a database of its own with two companies. */
export async function startTestApi(
  ownOf: (
    surroundings: TestSurroundings,
  ) => Partial<AppCapabilities> | Promise<Partial<AppCapabilities>> = () => ({}),
): Promise<TestApi> {
  let handler: NodeHandler = (_request, response) => response.writeHead(503).end();
  const server = await createServer((request, response) => handler(request, response), {
    host: '127.0.0.1',
    port: 0,
  });
  const publicUrl = new URL(`http://localhost:${server.port}`);
  const database = await createTestDatabase();
  const companies = await seedTwoCompanies(database.ownerUrl);
  const pool = createPool({
    url: database.ownerUrl,
    role: 'eventkit_app',
    max: 8,
    applicationName: 'api test',
  });
  const provider = await createTestProvider();
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'own' };
  const logLines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void logLines.push(line) });
  const own = await ownOf({ publicUrl, companies });
  const tokenRevocation = createTokenRevocation({ provider: own.provider ?? provider, log });
  const sessionCheck = createSessionCheck({ pool, provider: own.provider ?? provider, tokenRevocation, log });
  handler = createApp({
    pool,
    clock,
    log,
    metrics: new Registry(),
    publicUrl,
    provider,
    sessionCheck,
    tokenRevocation,
    signInKey: randomBytes(32),
    signer: await createSyncTokenSigner({ key, issuer: 'http://localhost', clock }),
    leases: await createLeaseSigner({ key, clock }),
    pushKey: pushKeyOf(key),
    blobs: createMemoryBlobStore(),
    fileLinkKey: randomBytes(32),
    fileLimitBytes: 1024 * 1024 * 1024,
    healthChecks: {
      async database() {
        await pool.query('SELECT 1');
        return { isWell: true };
      },
    },
    ...own,
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    companies,
    provider,
    ownerUrl: database.ownerUrl,
    sessionCheck,
    tokenRevocation,
    logLines,
    async stop() {
      await server.stop(1000);
      await sessionCheck.settled();
      await tokenRevocation.settled();
      await pool.end();
      await database.drop();
    },
  };
}
