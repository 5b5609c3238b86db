import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { resolveBuckets } from '#config/resolve-buckets.ts';
import type { SyncPlan } from '#config/sync-plan.ts';
import type { SyncMetrics } from '#metrics/sync-metrics.ts';
import type { Oplog } from '#oplog/oplog.ts';
import type { ChunkCache } from './chunk-cache.ts';
import { chooseCoding } from './content-coding.ts';
import { chooseFraming, contentTypes } from './framing.ts';
import { HttpProblem, readJson } from './http-problem.ts';
import { LineSink } from './line-sink.ts';
import { asRecord, readSyncRequest } from './sync-request.ts';
import { SyncStream } from './sync-stream.ts';
import type { SyncClaims, VerifySyncToken } from './verify-sync-token.ts';
import type { WriteCheckpoints } from './write-checkpoints.ts';

export type SyncRoutesOptions = {
  readonly plan: SyncPlan;
  readonly oplog: Oplog;
  readonly chunks: ChunkCache;
  readonly writeCheckpoints: WriteCheckpoints;
  readonly verifySyncToken: VerifySyncToken;
  readonly isReady: () => boolean;
  readonly isAlive: () => boolean;
  readonly logger: Logger;
  readonly metrics: SyncMetrics;
  readonly limits: SyncLimits;
  readonly nowMs: () => number;
};

export type SyncLimits = {
  /** Streams at once. */
  readonly connections: number;
  readonly bucketsPerConnection: number;
  readonly bodyBytes: number;
  readonly keepaliveMs: number;
};

export type SyncRoutes = {
  /** Takes the request when its path is one of ours. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  readonly connectionCount: number;
  /** Refuses new streams and ends those that run. */
  stop(): Promise<void>;
};

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

/** The routes of the PowerSync protocol on Node's own request and response, which alone can make a writer wait. */
export function createSyncRoutes(options: SyncRoutesOptions): SyncRoutes {
  const running = new Map<SyncStream, Promise<void>>();
  let isStopping = false;

  const stream: Handler = async (request, response) => {
    if (isStopping) throw new HttpProblem(503, 'PSYNC_S2003', 'the server is shutting down');
    if (running.size >= options.limits.connections)
      throw new HttpProblem(429, 'PSYNC_S2304', 'too many streams at once');
    const claims = await authenticate(options, request);
    const read = readSyncRequest(await readJson(request, options.limits.bodyBytes));
    if (!read.ok) throw new HttpProblem(400, 'PSYNC_S2001', read.error);
    const { deployment } = options.oplog;
    if (deployment === null || options.oplog.head === null)
      throw new HttpProblem(500, 'PSYNC_S2302', 'the first copy of the data is not complete yet');
    const grant = resolveBuckets(options.plan, deployment, claims, read.value);
    if (grant.buckets.length > options.limits.bucketsPerConnection)
      throw new HttpProblem(400, 'PSYNC_S2305', `more than ${options.limits.bucketsPerConnection} buckets`);
    // Others may have come while this one was being looked at.
    if (running.size >= options.limits.connections)
      throw new HttpProblem(429, 'PSYNC_S2304', 'too many streams at once');
    const framing = chooseFraming(request.headers.accept);
    const coding = chooseCoding(header(request, 'accept-encoding'));
    response.writeHead(200, {
      ...crossOrigin,
      'content-type': contentTypes[framing],
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      vary: 'accept, accept-encoding',
      ...(coding === 'identity' ? {} : { 'content-encoding': coding }),
    });
    response.flushHeaders();
    const sink = new LineSink(response, framing, coding);
    const { clientId, positions } = read.value;
    const { oplog, chunks, writeCheckpoints } = options;
    const sync = new SyncStream({
      oplog,
      chunks,
      sink,
      grant,
      positions,
      writeCheckpoint: () => writeCheckpoints.reached(clientId),
    });
    response.on('close', () => sync.end());
    const run = runStream(
      options,
      sync,
      sink,
      claims,
      clientId,
      grant.buckets.map((bucket) => bucket.name),
    );
    running.set(sync, run);
    options.metrics.connections.set(running.size);
    try {
      await run;
    } finally {
      running.delete(sync);
      options.metrics.connections.set(running.size);
    }
  };

  const writeCheckpoint: Handler = async (request, response, url) => {
    const claims = await authenticate(options, request);
    const clientId = url.searchParams.get('client_id') || `user:${claims.sub}`;
    answer(response, 200, { data: { write_checkpoint: await options.writeCheckpoints.next(clientId) } });
  };

  const checkpointRequest: Handler = async (request, response) => {
    await authenticate(options, request);
    const body = asRecord(await readJson(request, options.limits.bodyBytes));
    const clientId = body?.['client_id'];
    const id = String(body?.['checkpoint_request_id']);
    if (typeof clientId !== 'string' || clientId.length > 200 || !/^[1-9]\d{0,18}$/.test(id))
      throw new HttpProblem(400, 'PSYNC_S2001', 'client_id and a positive checkpoint_request_id are needed');
    if (BigInt(id) > 2n ** 63n - 1n)
      throw new HttpProblem(400, 'PSYNC_S2001', 'checkpoint_request_id is beyond 64 bits');
    const stored = await options.writeCheckpoints.request(clientId, BigInt(id));
    answer(response, 200, { data: { checkpoint_request_id: stored } });
  };

  const probe =
    (isGood: () => boolean): Handler =>
    async (_, response) =>
      answer(response, isGood() ? 200 : 400, {
        ready: options.isReady(),
        started: options.oplog.deployment !== null,
        touched_at: new Date(options.nowMs()).toISOString(),
      });

  const routes = new Map<string, { method: string; handler: Handler }>([
    ['/sync/stream', { method: 'POST', handler: stream }],
    ['/write-checkpoint2.json', { method: 'GET', handler: writeCheckpoint }],
    ['/sync/checkpoint-request', { method: 'POST', handler: checkpointRequest }],
    ['/probes/startup', { method: 'GET', handler: probe(() => options.oplog.deployment !== null) }],
    ['/probes/liveness', { method: 'GET', handler: probe(options.isAlive) }],
    ['/probes/readiness', { method: 'GET', handler: probe(() => !isStopping && options.isReady()) }],
  ]);

  return {
    handle(request, response) {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const route = routes.get(url.pathname);
      if (route === undefined) return false;
      if (request.method === 'OPTIONS') {
        response.writeHead(204, { ...crossOrigin, ...preflight }).end();
        return true;
      }
      if (request.method !== route.method) {
        answer(response, 405, problemBody(405, 'PSYNC_S2002', `use ${route.method}`), {
          allow: route.method,
        });
        return true;
      }
      route.handler(request, response, url).catch((error: unknown) => {
        if (error instanceof HttpProblem) {
          answer(response, error.status, problemBody(error.status, error.code, error.message));
          return;
        }
        options.logger.error({ err: error, path: url.pathname }, 'a request failed');
        if (response.headersSent) response.destroy();
        else answer(response, 500, problemBody(500, 'PSYNC_S2001', 'internal error'));
      });
      return true;
    },
    get connectionCount() {
      return running.size;
    },
    async stop() {
      isStopping = true;
      for (const sync of running.keys()) sync.end();
      await Promise.allSettled(running.values());
    },
  };
}

async function runStream(
  options: SyncRoutesOptions,
  sync: SyncStream,
  sink: LineSink,
  claims: SyncClaims,
  clientId: string | null,
  buckets: readonly string[],
): Promise<void> {
  const stopListening = options.oplog.listen({ bucketChanged: () => sync.notify() }, buckets);
  let stopWatching: (() => void) | null = null;
  const secondsLeft = () => Math.max(0, Math.floor(claims.exp - options.nowMs() / 1000));
  const tell = () => {
    // A client that is not reading will not be kept alive by more lines.
    if (!sink.isBusy) void sink.line({ token_expires_in: secondsLeft() });
  };
  const keepalive = setInterval(tell, options.limits.keepaliveMs);
  const msLeft = Math.max(0, claims.exp * 1000 - options.nowMs());
  const warning = setTimeout(tell, Math.max(0, msLeft - options.limits.keepaliveMs));
  const expiry = setTimeout(async () => {
    await sink.line({ token_expires_in: 0 });
    sync.end();
  }, msLeft);
  try {
    if (clientId !== null) stopWatching = await watchWriteCheckpoint(options, sync, clientId);
    await sync.run();
  } finally {
    clearInterval(keepalive);
    clearTimeout(warning);
    clearTimeout(expiry);
    stopListening();
    stopWatching?.();
  }
}

/** Rows must flow also while the database is away; the number then comes when the client asks again. */
async function watchWriteCheckpoint(
  options: SyncRoutesOptions,
  sync: SyncStream,
  clientId: string,
): Promise<(() => void) | null> {
  try {
    return await options.writeCheckpoints.watch(clientId, () => sync.notify());
  } catch (error) {
    options.logger.warn({ err: error }, 'a write checkpoint could not be looked up');
    return null;
  }
}

async function authenticate(options: SyncRoutesOptions, request: IncomingMessage): Promise<SyncClaims> {
  const found = /^(?:Token|Bearer) +([^\s]+)$/i.exec(header(request, 'authorization') ?? '');
  if (found?.[1] === undefined)
    throw new HttpProblem(401, 'PSYNC_S2106', 'an authorization header is needed');
  const outcome = await options.verifySyncToken(found[1]);
  if (!outcome.ok) throw new HttpProblem(401, 'PSYNC_S2101', outcome.problem);
  return outcome.claims;
}

const crossOrigin = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Content-Type',
};

const preflight = {
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': 'Content-Type, Authorization, User-Agent, X-User-Agent',
  'access-control-max-age': '3600',
};

function answer(
  response: ServerResponse,
  status: number,
  body: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): void {
  response
    .writeHead(status, { ...crossOrigin, 'content-type': 'application/json; charset=utf-8', ...headers })
    .end(JSON.stringify(body));
}

function problemBody(status: number, code: string, description: string): Record<string, unknown> {
  return { error: { code, status, description, name: 'SyncProblem' } };
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
