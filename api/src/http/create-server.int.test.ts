import { once } from 'node:events';
import http2 from 'node:http2';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createServer, type NodeHandler, type RunningServer } from './create-server.ts';

let server: RunningServer | null = null;
afterEach(() => server?.stop(0));

async function start(handler: NodeHandler, limits = {}): Promise<RunningServer> {
  server = await createServer(handler, { host: '127.0.0.1', port: 0 }, limits);
  return server;
}

async function textOf(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

test('a client that never ends its headers is cut', async () => {
  const { port } = await start((_request, response) => response.end(), { headersWithinMs: 60 });
  const socket = connect(port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ');
  expect(await textOf(socket)).toMatch(/^HTTP\/1.1 408/);
});

test('a client that goes without a word harms nobody', async () => {
  const { port } = await start((_request, response) => response.end('ok'));
  for (const cut of [(socket: Socket) => socket.end(), (socket: Socket) => socket.resetAndDestroy()]) {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    cut(socket);
    socket.resume();
    await once(socket, 'close');
  }
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('ok');
});

test('stopping lets a running request end, and idle connections go at once', async () => {
  const long = Promise.withResolvers<Parameters<NodeHandler>[1]>();
  const { port, stop } = await start((request, response) => {
    if (request.url === '/long') long.resolve(response);
    else response.end('short');
  });
  await (await fetch(`http://127.0.0.1:${port}/`)).text();
  const answer = fetch(`http://127.0.0.1:${port}/long`);
  const running = await long.promise;
  const stopping = stop(10_000);
  running.end('long');
  expect(await (await answer).text()).toBe('long');
  await stopping;
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
});

test('stopping cuts what does not end, over both protocols', async () => {
  const { port, stop } = await start((_request, response) => void response.write('and then'));
  const one = await fetch(`http://127.0.0.1:${port}/`);
  const session = http2.connect(`http://127.0.0.1:${port}`);
  session.on('error', () => undefined);
  const two = session.request({ ':path': '/' });
  two.on('error', () => undefined);
  await once(two, 'response');
  await stop(30);
  await expect(one.text()).rejects.toThrow();
  if (!session.closed) await once(session, 'close');
});
