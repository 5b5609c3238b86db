import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { resolveBuckets } from '#config/resolve-buckets.ts';
import type { SyncPlan } from '#config/sync-plan.ts';
import type { SyncMetrics } from '#metrics/sync-metrics.ts';
import type { Oplog } from '#oplog/oplog.ts';
import { crossOrigin } from './answer.ts';
import { authenticate, hasDeparted } from './authenticate.ts';
import type { ChunkCache } from './chunk-cache.ts';
import { chooseCoding } from './content-coding.ts';
import { chooseFraming, contentTypes } from './framing.ts';
import { HttpProblem } from './http-problem.ts';
import { LineSink } from './line-sink.ts';
import { readJson } from './read-json.ts';
import { RunningStream } from './running-stream.ts';
import { readSyncRequest } from './sync-request.ts';
import { SyncStream } from './sync-stream.ts';
import type { VerifySyncToken } from './verify-sync-token.ts';
import type { WriteCheckpoints } from './write-checkpoints.ts';

export type SyncLimits = {
  /** Streams at once. */
  readonly connections: number;
  readonly bucketsPerConnection: number;
  readonly bodyBytes: number;
  readonly keepaliveMs: number;
  /** How long a client may take for what was sent before its stream's end. */
  readonly endGraceMs: number;
};

export type SyncStreamsOptions = {
  readonly plan: SyncPlan;
  readonly oplog: Oplog;
  readonly chunks: ChunkCache;
  readonly writeCheckpoints: WriteCheckpoints;
  readonly verifySyncToken: VerifySyncToken;
  readonly logger: Logger;
  readonly metrics: SyncMetrics;
  readonly limits: SyncLimits;
  readonly nowMs: () => number;
};

/** The streams that run: takes new ones, and ends those whose token, device or user is no longer good. */
export class SyncStreams {
  readonly #options: SyncStreamsOptions;
  readonly #running = new Set<RunningStream>();
  readonly #stopListening: () => void;
  #isStopping = false;

  constructor(options: SyncStreamsOptions) {
    this.#options = options;
    const { departures } = options.oplog;
    this.#stopListening = departures.listen(() => {
      for (const stream of this.#running) if (hasDeparted(departures, stream.claims)) stream.expire();
    });
  }

  get count(): number {
    return this.#running.size;
  }

  /** Whether a stream is open that was asked for by this device of this company. */
  has({ tenantId, deviceId }: { readonly tenantId: string; readonly deviceId: string }): boolean {
    for (const { claims } of this.#running) {
      if (claims['tenant_id'] === tenantId && claims['device_id'] === deviceId) return true;
    }
    return false;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Answers `POST /sync/stream`; resolves when the stream has ended. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { oplog, limits, metrics } = this.#options;
    let isGone = false;
    response.once('close', () => {
      isGone = true;
    });
    this.#makeRoom();
    const { departures } = oplog;
    const claims = await authenticate({ ...this.#options, departures }, request);
    const read = readSyncRequest(await readJson(request, limits.bodyBytes));
    if (!read.ok) throw new HttpProblem(400, 'PSYNC_S2001', read.error);
    const { deployment } = oplog;
    if (deployment === null || oplog.head === null)
      throw new HttpProblem(500, 'PSYNC_S2302', 'the first copy of the data is not complete yet');
    const grant = resolveBuckets(this.#options.plan, deployment, claims, read.value);
    if (grant.buckets.length > limits.bucketsPerConnection)
      throw new HttpProblem(400, 'PSYNC_S2305', `more than ${limits.bucketsPerConnection} buckets`);
    // Others may have come while this one was being looked at, and this one may have left or lost its right.
    this.#makeRoom();
    if (isGone) return;
    if (hasDeparted(departures, claims)) throw new HttpProblem(401, 'PSYNC_S2101', 'no longer known');

    const sink = openSink(request, response);
    const { clientId, positions } = read.value;
    const { chunks, writeCheckpoints } = this.#options;
    const sync = new SyncStream({
      oplog,
      chunks,
      sink,
      grant,
      // Only of these: a client may name as many buckets as fit the body.
      positions: new Map(grant.buckets.map(({ name }) => [name, positions.get(name) ?? 0])),
      writeCheckpoint: () => writeCheckpoints.reached(clientId),
    });
    const buckets = grant.buckets.map((bucket) => bucket.name);
    const stream = new RunningStream({ ...this.#options, sync, sink, response, claims, clientId, buckets });
    this.#running.add(stream);
    metrics.connections.set(this.#running.size);
    try {
      await stream.ended;
    } finally {
      this.#running.delete(stream);
      metrics.connections.set(this.#running.size);
    }
  }

  /** Refuses new streams and ends those that run. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#stopListening();
    for (const stream of this.#running) stream.end();
    await Promise.allSettled([...this.#running].map((stream) => stream.ended));
  }

  #makeRoom(): void {
    if (this.#isStopping) throw new HttpProblem(503, 'PSYNC_S2003', 'the server is shutting down');
    if (this.#running.size >= this.#options.limits.connections)
      throw new HttpProblem(429, 'PSYNC_S2304', 'too many streams at once');
  }
}

function openSink(request: IncomingMessage, response: ServerResponse): LineSink {
  const framing = chooseFraming(request.headers.accept);
  const accepted = request.headers['accept-encoding'];
  const coding = chooseCoding(Array.isArray(accepted) ? accepted.join(', ') : accepted);
  response.writeHead(200, {
    ...crossOrigin,
    'content-type': contentTypes[framing],
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    vary: 'accept, accept-encoding',
    ...(coding === 'identity' ? {} : { 'content-encoding': coding }),
  });
  response.flushHeaders();
  return new LineSink(response, framing, coding);
}
