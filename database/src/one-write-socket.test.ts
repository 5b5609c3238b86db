import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OneWriteSocket } from './one-write-socket.ts';

const server = createServer((peer) => peer.pipe(peer));
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

test('what is written in one turn goes out at once and in order, what comes later after it', async () => {
  const socket = new OneWriteSocket();
  socket.connect((server.address() as AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');
  const writes: string[] = [];
  const note = (...parts: readonly Buffer[]) => writes.push(Buffer.concat(parts).toString());
  const { _write: one, _writev: many } = socket;
  socket._write = (chunk, ...rest) => {
    note(chunk);
    one.call(socket, chunk, ...rest);
  };
  socket._writev = (chunks, done) => {
    note(...chunks.map(({ chunk }) => chunk));
    many?.call(socket, chunks, done);
  };
  // As the driver does for each statement.
  for (const [bind = '', execute = ''] of ['ab', 'cd']) {
    socket.cork();
    socket.write(Buffer.from(bind));
    socket.write(Buffer.from(execute));
    socket.uncork();
  }
  await Promise.resolve().then(() => socket.write(Buffer.from('e')));
  await new Promise(setImmediate);
  socket.end(Buffer.from('f'));
  let echoed = '';
  for await (const chunk of socket) echoed += String(chunk);
  expect(echoed).toBe('abcdef');
  expect(writes).toEqual(['abcde', 'f']);
});
