import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { identifyCluster } from './wal-stream.ts';

/** PostgreSQL's "you are in" and "ask me", and nothing after: its process dies at the first question. */
const WELCOME = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);

let server: Server;
afterEach(() => server.close());

test('a database that dies while it is asked who it is fails the question, and ends nothing else', async () => {
  const errors: unknown[] = [];
  server = createServer((socket: Socket) => {
    socket.once('data', () => {
      socket.write(WELCOME);
      socket.once('data', () => socket.resetAndDestroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const note = (error: unknown) => errors.push(error);
  process.on('uncaughtException', note);
  try {
    await expect(identifyCluster(`postgres://owner@127.0.0.1:${port}/eventkit`)).rejects.toThrow();
    await new Promise((resolve) => setImmediate(resolve));
    expect(errors).toEqual([]);
  } finally {
    process.off('uncaughtException', note);
  }
});
