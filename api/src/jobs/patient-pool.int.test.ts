import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import pg from 'pg';
import { expect, test } from 'vitest';
import { asPatientPool } from './patient-pool.ts';

async function openDeafDatabase() {
  const server = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const pool = new pg.Pool({
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    connectionTimeoutMillis: 100,
  });
  return { pool, [Symbol.dispose]: () => server.close() };
}

test('a database that does not answer is tried again', async () => {
  using database = await openDeafDatabase();
  await expect(asPatientPool(database.pool).connect()).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  await database.pool.end();
});

test('who waits for a connection while the pool ends is told nothing, which would end the process', async () => {
  using database = await openDeafDatabase();
  const told: unknown[] = [];
  asPatientPool(database.pool)
    .connect()
    .catch((error: unknown) => told.push(error));
  const later = database.pool.connect();
  const ended = database.pool.end();
  await expect(later).rejects.toThrow('timeout');
  await ended;
  expect(told).toEqual([]);
});
