import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createPool } from '@eventkit/database/pool.ts';
import { createTestDatabase, type TestDatabase } from '@eventkit/database/testing/test-database.ts';
import type pg from 'pg';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createPostgresJobQueue } from './postgres-job-queue.ts';

const TENANT = '0196a5f0-0000-7000-8000-000000000001';
let database: TestDatabase;
let owner: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = createPool({ url: database.ownerUrl, role: 'owner', max: 2, applicationName: 'job queue test' });
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

test('a job that ends while the database is out of reach is written down as done once it is back', async () => {
  const line = await openLine(database.ownerUrl);
  let doneCount = 0;
  const kinds = {
    lamp: {
      readPayload: () => ({ tenantId: TENANT }),
      attempts: 1,
      async work() {
        doneCount += 1;
        line.cut();
        return 1;
      },
      rounds: null,
    },
  };
  const queue = await createPostgresJobQueue({
    kinds,
    pool: owner,
    clock: { wallMs: () => Date.now(), monotonicMs: () => performance.now() },
    log: pino({ level: 'silent' }),
    metrics: new Registry(),
    databaseUrl: line.url,
  });
  await queue.work();
  await queue.add('lamp', { tenantId: TENANT });
  await vi.waitFor(() => expect(line.refusedCount()).toBeGreaterThan(0), { timeout: 20_000 });
  expect(await jobsLeft()).toBe(1);

  line.mend();
  await vi.waitFor(async () => expect(await jobsLeft()).toBe(0), { timeout: 20_000 });
  expect(doneCount).toBe(1);
  await queue.stop();
  line.end();
});

async function jobsLeft(): Promise<number> {
  const { rows } = await owner.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM graphile_worker.jobs',
  );
  return rows[0]?.count ?? Number.NaN;
}

/** A way to the database that can be cut: what goes through it ends, and nothing new is let through. */
async function openLine(to: string) {
  const target = new URL(to);
  const open = new Set<Socket>();
  let isCut = false;
  let refusedCount = 0;
  const server = createServer((socket) => {
    if (isCut) {
      refusedCount += 1;
      socket.destroy();
      return;
    }
    const upstream = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(to);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    refusedCount: () => refusedCount,
    cut() {
      isCut = true;
      for (const socket of open) socket.destroy();
    },
    mend() {
      isCut = false;
    },
    end: () => void server.close(),
  };
}
