import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

/**
 * A server that does all that none may do: takes every token and every request, gives out `secret` and files, runs what
 * is written into texts, tells headers back, answers one request twice, waits for whoever is slow, and is slower
 * where a body is foreign.
 */
export async function startServerFullOfHoles({
  secret,
  isForeign,
}: {
  readonly secret: string;
  readonly isForeign: (text: string) => boolean;
}) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    let parts: Buffer[] = [];
    let head: string | null = null;
    socket.on('data', (data: Buffer) => {
      parts.push(data);
      if (head === null) {
        const text = Buffer.concat(parts).toString('latin1');
        const end = text.indexOf('\r\n\r\n');
        if (end < 0) return;
        head = text.slice(0, end);
        parts = [Buffer.from(text.slice(end + 4), 'latin1')];
      }
      const length = Number(/content-length: ?(\d+)/i.exec(head)?.[1] ?? 0);
      if (parts.reduce((sum, part) => sum + part.length, 0) < length) return;
      const [request, body] = [head, Buffer.concat(parts).toString('latin1')];
      [head, parts] = [null, []];
      const send = () => answer(socket, request, body, secret);
      if (isForeign(body)) setTimeout(send, 3);
      else send();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function answer(socket: Socket, head: string, body: string, secret: string): void {
  const path = head.split(' ')[1] ?? '';
  const isPush = path.endsWith('/Push');
  const results = isPush ? { results: [{ verdict: 'VERDICT_APPLIED' }] } : {};
  const isStream = path === '/sync/stream';
  const text = isStream
    ? `{"checkpoint":1}\n{"data":["${secret}"]}\n{"checkpoint_complete":1}\n`
    : path.includes('etc/passwd')
      ? 'root:x:0:0'
      : path.startsWith('/eventkit.')
        ? JSON.stringify({ ...results, userId: 'x', said: secret, body: body.slice(0, 1000) })
        : `<p>${decoded(path)}</p>${head}`;
  const lines = [
    'HTTP/1.1 200 OK',
    `content-type: ${path.startsWith('/eventkit.') ? 'application/json' : 'text/html'}`,
    `content-length: ${Buffer.byteLength(text)}`,
    'idempotency-replayed: true',
    'set-cookie: eventkit=somebody',
  ];
  const whole = `${lines.join('\r\n')}\r\n\r\n${text}`;
  // A second answer to what follows an unclear request.
  if (body.includes('GET /health')) socket.end(whole + whole);
  else if (/connection: close/.test(head)) socket.end(whole);
  else socket.write(whole);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
