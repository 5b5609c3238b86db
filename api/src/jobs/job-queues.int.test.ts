import { createPool } from '@eventkit/database/pool.ts';
import { createTestDatabase, type TestDatabase } from '@eventkit/database/testing/test-database.ts';
import { insertTwoTenants, type TestTenant } from '@eventkit/database/testing/two-tenants.ts';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import type pg from 'pg';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTestRedis, type TestRedis, whyNoRedis } from '#testing/start-test-redis.ts';
import type { JobKind, JobPayload } from './job-kind.ts';
import type { JobQueue } from './job-queue.ts';
import { createPostgresJobQueue } from './postgres-job-queue.ts';
import { readCompanyPayload } from './read-company-payload.ts';
import { createRedisJobQueue } from './redis-job-queue.ts';

type RenamePayload = JobPayload & { readonly name: string };

const clock = { wallMs: () => Date.now(), monotonicMs: () => performance.now() };
let database: TestDatabase;
let app: pg.Pool;
let owner: pg.Pool;
let north: TestTenant;
let south: TestTenant;
let redis: TestRedis | null = null;
const noRedis = whyNoRedis();

/** What a back end must let a test do to it, as time and others would. */
type Backend = {
  open(capabilities: Parameters<typeof createPostgresJobQueue<Kinds>>[0]): Promise<JobQueue<Kinds>>;
  /** Puts a job there as something that is none of ours. */
  smuggle(kind: string, payload: unknown): Promise<void>;
  /** As if an hour had passed in which nobody worked. */
  passAnHour(): Promise<void>;
  clear(): Promise<void>;
};

const postgres: Backend = {
  open: createPostgresJobQueue,
  async smuggle(kind, payload) {
    await owner.query('SELECT graphile_worker.add_job($1, $2::json)', [kind, JSON.stringify(payload)]);
  },
  async passAnHour() {
    await owner.query(`UPDATE graphile_worker._private_jobs SET run_at = run_at - interval '1 hour'`);
    await owner.query(
      `UPDATE graphile_worker._private_known_crontabs SET known_since = known_since - interval '1 hour', last_execution = NULL`,
    );
  },
  async clear() {
    await owner.query(
      'DELETE FROM graphile_worker._private_jobs; DELETE FROM graphile_worker._private_known_crontabs',
    );
  },
};

const PREFIX = 'bull:eventkit-jobs';
const bull: Backend = {
  open: (capabilities) => createRedisJobQueue({ ...capabilities, redisUrl: redisUrl() }),
  smuggle: (kind, payload) => withRedis((connection) => putIn(connection, kind, payload)),
  passAnHour: () =>
    withRedis(async (connection) => {
      // The score of what waits for its time is that time, 12 bits to the left.
      for (const id of await connection.zrange(`${PREFIX}:delayed`, 0, -1)) {
        await connection.zincrby(`${PREFIX}:delayed`, -3_600_000 * 0x1000, id);
      }
    }),
  clear: () => withRedis((connection) => connection.flushall()).then(() => undefined),
};

function redisUrl(): URL {
  if (redis === null) throw new Error('no Redis was started');
  return redis.url;
}

async function withRedis<T>(use: (connection: Redis) => Promise<T>): Promise<T> {
  const connection = new Redis(redisUrl().href, { maxRetriesPerRequest: null });
  try {
    return await use(connection);
  } finally {
    connection.disconnect();
  }
}

async function putIn(connection: Redis, kind: string, payload: unknown): Promise<void> {
  const queue = new Queue('eventkit-jobs', { connection });
  await queue.add(kind, payload, { attempts: 1 });
  await queue.close();
}

/** Kinds that tests need; what they do beside their work is decided by each test. */
let beforeWork: (tx: pg.PoolClient, payload: RenamePayload) => Promise<void>;
let due: readonly string[];
const rename: JobKind<RenamePayload> = {
  readPayload(given) {
    const company = readCompanyPayload(given);
    const { name } = given as { name?: unknown };
    return company === null || typeof name !== 'string' ? null : { ...company, name };
  },
  attempts: 2,
  async work(tx, payload) {
    // No tenant is named here: what it may touch is the transaction's to know.
    const { rowCount } = await tx.query('UPDATE products SET name = $1', [payload.name]);
    await beforeWork(tx, payload);
    return rowCount ?? 0;
  },
  rounds: null,
};
const visited: string[] = [];
const visit: JobKind = {
  readPayload: readCompanyPayload,
  attempts: 2,
  async work(_tx, { tenantId }) {
    visited.push(tenantId);
    return 1;
  },
  // Half an hour from now: none falls due while the test runs, and one did within the hour before.
  rounds: { cron: `${(new Date().getMinutes() + 30) % 60} * * * *`, findCompanies: async () => due },
};
const kinds = { rename, visit };
type Kinds = typeof kinds;

beforeAll(async () => {
  database = await createTestDatabase();
  app = createPool({ url: database.ownerUrl, role: 'eventkit_app', max: 6, applicationName: 'jobs test' });
  owner = createPool({ url: database.ownerUrl, role: 'owner', max: 1, applicationName: 'jobs test' });
  [north, south] = await insertTwoTenants(owner);
  if (noRedis === null) redis = await startTestRedis();
});
afterAll(async () => {
  await Promise.all([app.end(), owner.end(), redis?.stop()]);
  await database.drop();
});

const opened: JobQueue<Kinds>[] = [];
const logLines: string[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => void logLines.push(line) });
async function open(backend: Backend, metrics = new Registry()): Promise<JobQueue<Kinds>> {
  const capabilities = { kinds, pool: app, clock, log, metrics, databaseUrl: database.ownerUrl };
  const queue = await backend.open(capabilities);
  opened.push(queue);
  return queue;
}
const namesNow = async () =>
  (await owner.query<{ name: string }>('SELECT name FROM products ORDER BY tenant_id')).rows.map(
    ({ name }) => name,
  );
const said = (message: string) => logLines.filter((line) => line.includes(message));
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 15_000, interval: 20 });

test(noRedis === null ? 'a Redis was found' : `BullMQ DID NOT RUN: ${noRedis}`, () => {
  // Where everything must run, as in CI, there is no way round it.
  if (process.env['CI'] !== undefined) expect(noRedis).toBeNull();
});

const backends: readonly (readonly [string, Backend])[] = [
  ['graphile-worker on PostgreSQL', postgres],
  ...(noRedis === null ? [['BullMQ on Redis', bull] as const] : []),
];

describe.each(backends)('jobs by %s', (_name, backend) => {
  beforeEach(async () => {
    await backend.clear();
    beforeWork = async () => undefined;
    due = [];
    visited.length = 0;
    logLines.length = 0;
    await owner.query(`UPDATE products SET name = 'Pointe'`);
  });
  afterEach(async () => {
    for (const queue of opened.splice(0)) await queue.stop();
  });

  test('are kept until somebody works, then done in their company and in no other', async () => {
    const early = await open(backend);
    await early.add('rename', { tenantId: north.tenantId, name: 'Sharpy' });
    await early.stop();
    expect(await namesNow()).toEqual(['Pointe', 'Pointe']);

    await (await open(backend)).work();
    await until(() => expect(said('job done')).toHaveLength(1));
    expect(await namesNow()).toEqual(['Sharpy', 'Pointe']);
    expect(said('job done')[0]).toContain(north.tenantId);
  });

  test('are done once, however many work', async () => {
    const queues = await Promise.all([open(backend), open(backend), open(backend)]);
    const seen: string[] = [];
    beforeWork = async (_tx, { name }) => void seen.push(name);
    await Promise.all(queues.map((queue) => queue.work()));
    const names = Array.from({ length: 12 }, (_, index) => `Sharpy ${index}`);
    for (const name of names) await queues[0]?.add('rename', { tenantId: south.tenantId, name });
    await until(() => expect(said('job done')).toHaveLength(12));
    expect(seen.toSorted()).toEqual(names.toSorted());
  });

  test('leave nothing of a try that failed, are tried again later, and then done', async () => {
    const tries: number[] = [];
    beforeWork = async () => {
      tries.push(performance.now());
      if (tries.length === 1) throw new Error('the lamp is hot');
    };
    const metrics = new Registry();
    const queue = await open(backend, metrics);
    await queue.work();
    await queue.add('rename', { tenantId: north.tenantId, name: 'Sharpy' });
    await until(() => expect(said('the lamp is hot')).toHaveLength(1));
    expect(await namesNow()).toEqual(['Pointe', 'Pointe']);
    await until(() => expect(said('job done')).toHaveLength(1));
    expect(await namesNow()).toEqual(['Sharpy', 'Pointe']);
    // e seconds; a poll every two is what graphile-worker finds it by.
    expect((tries[1] ?? 0) - (tries[0] ?? 0)).toBeGreaterThan(2000);
    expect(await metrics.metrics()).toContain('eventkit_jobs_total{kind="rename",outcome="failed"} 1');
    expect(await queue.countDead()).toEqual(new Map());
  });

  test('that fail as often as they may are dead: seen in numbers, metrics and log, until they are added anew', async () => {
    beforeWork = async () => {
      throw new Error('the lamp is gone');
    };
    const metrics = new Registry();
    const queue = await open(backend, metrics);
    await queue.work();
    const payload = { tenantId: north.tenantId, name: 'Sharpy' };
    await queue.add('rename', payload, { key: 'lamp' });
    await until(() => expect(said('job given up')).toHaveLength(1));
    await until(async () => expect(await queue.countDead()).toEqual(new Map([['rename', 1]])));
    expect(said('job given up')[0]).toContain('"level":50');
    expect(await metrics.metrics()).toContain('eventkit_jobs_total{kind="rename",outcome="dead"} 1');

    beforeWork = async () => undefined;
    await queue.add('rename', payload, { key: 'lamp' });
    await until(() => expect(said('job done')).toHaveLength(1));
    expect(await queue.countDead()).toEqual(new Map());
  });

  test('of one key wait once', async () => {
    const queue = await open(backend);
    for (let index = 0; index < 5; index += 1) {
      await queue.add('visit', { tenantId: north.tenantId }, { key: north.tenantId });
      await queue.add('visit', { tenantId: south.tenantId }, { key: south.tenantId });
    }
    await queue.work();
    await queue.add('rename', { tenantId: north.tenantId, name: 'last' });
    await until(() => expect(said('"kind":"rename"')).toHaveLength(1));
    await until(() => expect(said('"kind":"visit"')).toHaveLength(2));
    expect(visited.toSorted()).toEqual([north.tenantId, south.tenantId].toSorted());
  });

  test('that are not what their kind reads are not taken in, and not done where others put them', async () => {
    const queue = await open(backend);
    await expect(queue.add('rename', { tenantId: 'north', name: 'x' })).rejects.toThrow(
      'no payload of a rename job',
    );
    await queue.work();
    await backend.smuggle('visit', { tenantId: `${north.tenantId}' OR true` });
    await backend.smuggle('visit', null);
    await until(() => expect(said('no payload of a kind')).toHaveLength(2));
    expect(visited).toEqual([]);
  });

  test('of a round that fell due while nobody worked are made up for once, one for each company that has any', async () => {
    due = [north.tenantId, south.tenantId];
    const before = await open(backend);
    await before.work();
    await before.stop();
    expect(visited).toEqual([]);

    await backend.passAnHour();
    const queues = await Promise.all([open(backend), open(backend)]);
    await Promise.all(queues.map((queue) => queue.work()));
    await until(() => expect(visited.length).toBeGreaterThanOrEqual(2));
    await queues[0]?.add('rename', { tenantId: north.tenantId, name: 'last' });
    await until(() => expect(said('"kind":"rename"')).toHaveLength(1));
    expect(visited.toSorted()).toEqual([north.tenantId, south.tenantId].toSorted());
  });

  test('that run are waited for when work ends, and no other is begun', async () => {
    const begun = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    beforeWork = async () => {
      begun.resolve();
      await release.promise;
    };
    const queue = await open(backend);
    await queue.work();
    await queue.add('rename', { tenantId: north.tenantId, name: 'Sharpy' });
    await begun.promise;
    const stopping = queue.stop();
    release.resolve();
    await stopping;
    expect(await namesNow()).toEqual(['Sharpy', 'Pointe']);

    const other = await open(backend);
    await other.add('rename', { tenantId: north.tenantId, name: 'later' });
    expect(await namesNow()).toEqual(['Sharpy', 'Pointe']);
  });
});
