import http, { type RequestListener } from 'node:http';
import http2 from 'node:http2';
import net, { type AddressInfo, type Socket } from 'node:net';

/** Handles a request of HTTP/1.1 or HTTP/2; the compatibility API of node:http2 gives both the same shape. */
export type NodeHandler = RequestListener;

export type RunningServer = {
  readonly port: number;
  /** Takes no new connection, lets running requests end for `graceMs`, then cuts the rest. */
  stop(graceMs: number): Promise<void>;
};

const FIRST_BYTES_TIMEOUT_MS = 10_000;
const HEADERS_WITHIN_MS = 15_000;
const SWEEP_EVERY_MS = 20;
const HTTP2_PREFACE = 'PRI ';

/**
 * One plain port for HTTP/1.1 and for HTTP/2 with prior knowledge (what gRPC speaks), told apart by the first
 * bytes. Rejects with the system's error where the port cannot be had, e.g. EADDRINUSE.
 */
export async function createServer(
  handler: NodeHandler,
  address: { readonly host: string; readonly port: number },
  { headersWithinMs = HEADERS_WITHIN_MS }: { readonly headersWithinMs?: number } = {},
): Promise<RunningServer> {
  const http1 = http.createServer(
    { headersTimeout: headersWithinMs, connectionsCheckingInterval: Math.ceil(headersWithinMs / 3) },
    handler,
  );
  // The compatibility API lacks a few newer properties of IncomingMessage; nothing here may use those.
  const h2c = http2.createServer(handler as unknown as Parameters<typeof http2.createServer>[1]);
  // Neither listens itself; this starts the timers that cut clients which never finish their headers.
  http1.emit('listening');

  const sockets = new Set<Socket>();
  const http2Sessions = new Set<http2.ServerHttp2Session>();
  h2c.on('session', (session) => {
    http2Sessions.add(session);
    session.once('close', () => http2Sessions.delete(session));
  });
  const listener = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    tellApart(socket, { http1, h2c });
  });

  await listen(listener, address);
  return {
    port: (listener.address() as AddressInfo).port,
    async stop(graceMs) {
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
      for (const session of http2Sessions) session.close();
      http1.close(() => undefined);
      // A connection whose request has ended would wait for another one.
      const sweep = setInterval(() => http1.closeIdleConnections(), SWEEP_EVERY_MS);
      const deadline = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, graceMs);
      await closed;
      clearInterval(sweep);
      clearTimeout(deadline);
    },
  };
}

function tellApart(
  socket: Socket,
  servers: { readonly http1: http.Server; readonly h2c: http2.Http2Server },
): void {
  // A connection that breaks before its first bytes has nobody to tell.
  const onError = () => socket.destroy();
  socket.on('error', onError);
  socket.setTimeout(FIRST_BYTES_TIMEOUT_MS, () => socket.destroy());
  socket.once('readable', () => {
    const first: Buffer | null = socket.read();
    if (first === null) {
      socket.destroy();
      return;
    }
    socket.setTimeout(0);
    socket.removeAllListeners('timeout');
    socket.off('error', onError);
    socket.unshift(first);
    const isHttp2 = first.subarray(0, HTTP2_PREFACE.length).toString('latin1') === HTTP2_PREFACE;
    (isHttp2 ? servers.h2c : servers.http1).emit('connection', socket);
  });
}

function listen(
  listener: net.Server,
  address: { readonly host: string; readonly port: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(address.port, address.host, () => {
      listener.off('error', reject);
      resolve();
    });
  });
}
