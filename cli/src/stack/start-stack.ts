import { join } from 'node:path';
import { createApp } from '@eventkit/api/app.ts';
import {
  createEmbeddedProvider,
  type EmbeddedProvider,
} from '@eventkit/api/auth/embedded-provider/create-embedded-provider.ts';
import type { DemoAccount } from '@eventkit/api/auth/embedded-provider/demo-account.ts';
import { connectIdentityProvider } from '@eventkit/api/auth/identity-provider.ts';
import { openKeyFolder } from '@eventkit/api/auth/key-folder.ts';
import { createLeaseSigner } from '@eventkit/api/auth/offline-lease.ts';
import { createSessionCheck } from '@eventkit/api/auth/session-check.ts';
import { createSyncTokenSigner } from '@eventkit/api/auth/sync-token.ts';
import { createTokenRevocation } from '@eventkit/api/auth/token-revocation.ts';
import { createSmtpMailer } from '@eventkit/api/mail/create-smtp-mailer.ts';
import { openPushKey } from '@eventkit/api/notifications/push-key-store.ts';
import { pushKeyOf } from '@eventkit/api/notifications/send-push.ts';
import { migrate } from '@eventkit/database/migrate.ts';
import { createPool } from '@eventkit/database/pool.ts';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Config } from '#config.ts';
import { createOperationTracer } from '#tracing/operation-tracer.ts';
import { createSpanExporter } from '#tracing/span-exporter.ts';
import { databaseCheck, jobsCheck, signInCheck } from './health-checks.ts';
import { keepLinking } from './keep-linking.ts';
import { listAccounts } from './list-accounts.ts';
import { listen } from './listen.ts';
import { openBlobs } from './open-blobs.ts';
import { openDatabase } from './open-database.ts';
import { openJobs } from './open-jobs.ts';
import { openStreamsRoute } from './open-streams-route.ts';
import { refuseSecondStart } from './refuse-second-start.ts';
import { removeRuntime, writeRuntime } from './runtime-file.ts';
import { serveClient } from './serve-client.ts';
import { startSync } from './start-sync.ts';

export type Stack = {
  /** How browsers reach it. */
  readonly url: string;
  /** Of the database's owner; holds the password. */
  readonly ownerUrl: string;
  /** Who may sign in without a password; empty with an external provider. */
  readonly accounts: readonly DemoAccount[];
  /** Ends requests, streams, replication and the embedded database, in this order. */
  stop(): Promise<void>;
};

export type StackCapabilities = {
  readonly clock: Clock;
  readonly log: Logger;
  /** Told of each step when it is done. */
  readonly onStep: (step: string) => void;
  /** Fills an empty database with the demo company; only asked for the embedded one. Says what it made, if anything. */
  readonly seed: (ownerUrl: string) => Promise<string | null>;
  /** Waited for before the first request is answered, e.g. for the client's build. */
  readonly beforeServing?: () => Promise<void>;
};

const APP_CONNECTIONS = 20;
const GRACE_MS = 5000;
const FIRST_COPY_MS = 60_000;

/** Everything on one port: app, API, sync stream, sign-in, and the embedded parts that nothing external replaces. */
export async function startStack(
  capabilities: StackCapabilities,
  settings: Config & { readonly clientFolder: string },
): Promise<Stack> {
  const { clock, log, onStep, seed, beforeServing } = capabilities;
  const { dataDir, host, clientFolder } = settings;
  await using started = new AsyncDisposableStack();
  await refuseSecondStart(dataDir);
  const listener = await listen({ host, port: settings.port });
  started.defer(() => listener.stop(0));
  const publicUrl = settings.publicUrl ?? new URL(`http://localhost:${listener.port}`);

  const database = await openDatabase(settings);
  started.defer(() => database.stop());
  onStep(
    database.isEmbedded ? `PostgreSQL ${database.wasRunning ? 'adopted' : 'started'}` : 'PostgreSQL reached',
  );
  const { ownerUrl } = database;
  const ran = await migrate(ownerUrl);
  onStep(ran.length === 0 ? 'Database is up to date' : `Database migrated (${ran.length} steps)`);
  const seeded = database.isEmbedded ? await seed(ownerUrl) : null;
  if (seeded !== null) onStep(seeded);

  const onIdleError = (error: Error) => log.warn({ err: error }, 'an idle database connection broke');
  const appPool = createPool({
    url: ownerUrl,
    role: 'eventkit_app',
    max: APP_CONNECTIONS,
    applicationName: 'eventkit api',
    onIdleError,
  });
  started.defer(() => appPool.end());
  const ownerPool = createPool({
    url: ownerUrl,
    role: 'owner',
    max: 1,
    applicationName: 'eventkit demo accounts',
    onIdleError,
  });
  started.defer(() => ownerPool.end());

  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const pushKey = await openPushKey(ownerPool);
  const blobs = openBlobs(settings);
  const jobs = await openJobs(
    { ownerUrl, pool: appPool, clock, log, metrics, publicUrl, pushKey, blobs },
    settings,
  );
  started.defer(() => jobs.stop());
  if (!settings.areJobsElsewhere) await jobs.work();
  onStep(jobsStep(settings));
  const keyFolder = join(dataDir, 'keys');
  const keys = openKeyFolder(keyFolder);
  const embedded =
    settings.oidc === null
      ? await createEmbeddedProvider({
          publicUrl,
          folder: keyFolder,
          clock,
          log,
          listAccounts: () => listAccounts(ownerPool),
        })
      : null;
  if (embedded !== null) started.defer(() => embedded.stop());
  const signer = await createSyncTokenSigner({
    key: await keys.signingKey('sync-token'),
    issuer: publicUrl.origin,
    clock,
  });
  const leases = await createLeaseSigner({ key: await keys.signingKey('offline-lease'), clock });
  const provider = connectIdentityProvider(providerSettings(settings, embedded));
  const tokenRevocation = createTokenRevocation({ provider, log });
  started.defer(() => tokenRevocation.settled());
  const sessionCheck = createSessionCheck({ pool: appPool, provider, tokenRevocation, log });
  started.defer(() => sessionCheck.settled());
  const checkSignIn = embedded === null ? signInCheck(provider, clock) : null;
  if (checkSignIn === null) onStep('Sign-in ready, with demo users');
  else {
    const { isWell, detail } = await checkSignIn();
    if (!isWell) log.warn({ issuer: provider.issuer }, detail);
    onStep(isWell ? `Sign-in by ${provider.issuer}` : `Sign-in by ${provider.issuer} not ready: ${detail}`);
  }

  if (settings.s3 !== null) onStep(`Files in ${settings.s3.bucket} at ${settings.s3.endpoint.host}`);
  if (settings.smtp !== null) onStep(`Mail by ${new URL(settings.smtp.url).host}`);

  const exporter =
    settings.traceEndpoint === null
      ? null
      : createSpanExporter({
          endpoint: settings.traceEndpoint,
          fetch: globalThis.fetch,
          onProblem: (problem) => log.warn(problem),
        });
  if (exporter !== null) started.defer(() => exporter.flush());
  const sync = await startSync({
    ownerUrl,
    appPool,
    clock,
    log,
    metrics,
    signer,
    issuer: publicUrl.origin,
    silentAfterDays: settings.deviceSilentAfterDays,
    isStreamElsewhere: settings.isStreamElsewhere,
    tracer: exporter === null ? null : createOperationTracer({ exporter, clock }),
  });
  started.defer(() => sync.stop());
  onStep(servingSteps[await sync.untilServing(FIRST_COPY_MS)]);
  await beforeServing?.();

  started.defer(keepLinking({ pool: appPool, clock, log }));
  listener.handOver(
    createApp({
      pool: appPool,
      clock,
      log,
      metrics,
      publicUrl,
      provider,
      sessionCheck,
      tokenRevocation,
      signInKey: await keys.secret('sign-in'),
      signer,
      leases,
      blobs,
      pushKey: pushKeyOf(pushKey),
      fileLinkKey: await keys.secret('files'),
      fileLimitBytes: settings.fileLimitMegabytes * 1024 * 1024,
      mailer: settings.smtp === null ? null : createSmtpMailer(settings.smtp),
      isSignUpOpen: settings.signUp === 'approval',
      rateLimits: settings.rateLimits,
      trustedProxies: settings.trustedProxies,
      metricsToken: settings.metricsToken,
      healthChecks: {
        database: databaseCheck(appPool),
        jobs: jobsCheck(jobs),
        replication: async () => sync.health(),
        ...(checkSignIn === null ? {} : { signIn: checkSignIn }),
      },
      registerServices: sync.registerServices,
      nodeRoutes: [
        sync.nodeRoute,
        openStreamsRoute(sync.openStreams, settings.metricsToken),
        ...(embedded === null ? [] : [embedded.route]),
      ],
      fallback: serveClient(clientFolder),
    }),
  );
  // Streams end first, then the requests that still run; what they use goes after them.
  started.defer(async () => {
    await Promise.all([sync.stop(), listener.stop(GRACE_MS)]);
  });
  await writeRuntime(dataDir, {
    url: publicUrl.origin,
    localUrl: localUrlOf(host, listener.port),
    databaseUrl: ownerUrl,
    pids: { eventkit: process.pid, postgres: database.pid },
  });
  started.defer(() => removeRuntime(dataDir));

  const accounts = embedded === null ? [] : await listAccounts(ownerPool);
  const running = started.move();
  return { url: publicUrl.origin, ownerUrl, accounts, stop: () => running.disposeAsync() };
}

const servingSteps = {
  news: 'Replication follows the database',
  'what there was': 'Rows are copied anew for devices; they get what there was until that is done',
  nothing: 'Replication is not ready yet; devices wait for it',
} as const;

function jobsStep({ redisUrl, areJobsElsewhere }: Config): string {
  const place = redisUrl === null ? 'the database' : `Redis at ${redisUrl.host}`;
  return areJobsElsewhere ? `Jobs in ${place}, done by other processes` : `Jobs in ${place}`;
}

function localUrlOf(host: string, port: number): string {
  if (['0.0.0.0', '::', 'localhost'].includes(host)) return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function providerSettings({ oidc }: Config, embedded: EmbeddedProvider | null) {
  if (embedded !== null) return embedded.settings;
  if (oidc === null) throw new Error('neither an external nor an embedded identity provider');
  return { ...oidc, asksEveryTime: false };
}
