import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { StreamRequest } from '#config/resolve-buckets.ts';
import type { SyncPlan } from '#config/sync-plan.ts';
import type { SyncMetrics } from '#metrics/sync-metrics.ts';
import type { ReadLookups } from '#oplog/lookups/lookup-store.ts';
import type { Oplog } from '#oplog/oplog.ts';
import { crossOrigin } from './answer.ts';
import { authenticate, departed, hasDeparted } from './authenticate.ts';
import type { ChunkCache } from './chunk-cache.ts';
import { type ContentCoding, chooseCoding } from './content-coding.ts';
import { chooseFraming, contentTypes } from './framing.ts';
import { HttpProblem } from './http-problem.ts';
import { LineSink } from './line-sink.ts';
import { LiveGrant } from './live-grant.ts';
import { readJson } from './read-json.ts';
import { RunningStream } from './running-stream.ts';
import type { ReadEnded } from './standings.ts';
import { readSyncRequest } from './sync-request.ts';
import { SyncStream } from './sync-stream.ts';
import type { SyncClaims, VerifySyncToken } from './verify-sync-token.ts';
import type { WriteCheckpoints } from './write-checkpoints.ts';

export type SyncLimits = {
  /** Streams at once. */
  readonly connections: number;
  readonly bucketsPerConnection: number;
  /** Values that the lookups of one connection find together. */
  readonly lookupRowsPerConnection: number;
  readonly bodyBytes: number;
  readonly keepaliveMs: number;
  /** How long a client may take for what was sent before its stream's end. */
  readonly endGraceMs: number;
};

/** A stream that runs, as an operator sees it. */
export type OpenStream = {
  readonly tenantId: string;
  readonly userId: string;
  readonly deviceId: string;
  readonly openedAtMs: number;
  readonly sentBytes: number;
  /** The client has taken nothing for seconds of what is being sent. */
  readonly isSlow: boolean;
};

export type SyncStreamsOptions = {
  readonly plan: SyncPlan;
  readonly oplog: Oplog;
  readonly readLookups: ReadLookups;
  readonly chunks: ChunkCache;
  readonly writeCheckpoints: WriteCheckpoints;
  readonly verifySyncToken: VerifySyncToken;
  readonly readEnded: ReadEnded;
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
  #isLookingForEnded = false;

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

  get open(): OpenStream[] {
    return [...this.#running].map(({ claims, openedAtMs, sentBytes, isSlow }) => ({
      tenantId: textOf(claims['tenant_id']),
      userId: claims.sub,
      deviceId: textOf(claims['device_id']),
      openedAtMs,
      sentBytes,
      isSlow,
    }));
  }

  get deviceCount(): number {
    return new Set(this.open.map(({ tenantId, deviceId }) => `${tenantId}/${deviceId}`)).size;
  }

  get slowReaderCount(): number {
    return this.open.filter(({ isSlow }) => isSlow).length;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Answers `POST /sync/stream`; resolves when the stream has ended. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const opened = await this.#open(request, response);
    if (opened === null) return;
    const { stream, grant } = opened;
    const { connections } = this.#options.metrics;
    this.#running.add(stream);
    connections.set(this.#running.size);
    try {
      await stream.ended;
    } finally {
      grant.close();
      this.#running.delete(stream);
      connections.set(this.#running.size);
    }
  }

  /** Answers with a stream; null where the client has left meanwhile. What it sent is not kept beyond this. */
  async #open(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<{ stream: RunningStream; grant: LiveGrant } | null> {
    const { oplog, limits, chunks, metrics, writeCheckpoints } = this.#options;
    let isGone = false;
    response.once('close', () => {
      isGone = true;
    });
    this.#makeRoom();
    const { departures } = oplog;
    const claims = await authenticate({ ...this.#options, departures }, request);
    if ((await this.#readEnded([claims])).has(claims)) throw departed();
    const read = readSyncRequest(await readJson(request, limits.bodyBytes));
    if (!read.ok) throw new HttpProblem(400, 'PSYNC_S2001', read.error);
    const { deployment } = oplog;
    if (deployment === null || oplog.head === null)
      throw new HttpProblem(500, 'PSYNC_S2302', 'the first copy of the data is not complete yet');
    const { clientId, positions, streams } = read.value;
    const grant = this.#grantFor(deployment, claims, streams);
    try {
      const problem = await grant.refresh();
      if (problem !== null) throw new HttpProblem(problem.status, problem.code, problem.message);
      // Others may have come while this one was being looked at, and this one may have left or lost its right.
      this.#makeRoom();
      if (hasDeparted(departures, claims)) throw departed();
    } catch (error) {
      grant.close();
      throw error;
    }
    if (isGone) {
      grant.close();
      return null;
    }
    const sink = openSink(request, response, (coding, bytes) => metrics.sentBytes.inc({ coding }, bytes));
    const writeCheckpoint = () => writeCheckpoints.reached(clientId);
    const sync = new SyncStream({ oplog, deployment, chunks, sink, grant, writeCheckpoint }, positions);
    grant.whenStale(() => sync.notify());
    return {
      stream: new RunningStream({ ...this.#options, sync, sink, response, claims, clientId }),
      grant,
    };
  }

  #grantFor(deployment: string, claims: SyncClaims, request: StreamRequest): LiveGrant {
    const { plan, oplog, readLookups, limits, logger } = this.#options;
    return new LiveGrant({
      oplog,
      readLookups,
      logger,
      lookupRowsAtMost: limits.lookupRowsPerConnection,
      context: { plan, deployment, claims, request, bucketsAtMost: limits.bucketsPerConnection },
    });
  }

  /** Ends the streams whose tokens are not true any more, by what the database says: no operation tells all of it. */
  async endDeparted(): Promise<void> {
    const running = [...this.#running];
    if (running.length === 0 || this.#isLookingForEnded) return;
    this.#isLookingForEnded = true;
    const ended = await this.#readEnded(running.map(({ claims }) => claims));
    this.#isLookingForEnded = false;
    for (const stream of running) if (ended.has(stream.claims)) stream.expire();
  }

  /** Refuses new streams and ends those that run. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#stopListening();
    for (const stream of this.#running) stream.end();
    await Promise.allSettled([...this.#running].map((stream) => stream.ended));
  }

  /** A database that is away keeps nobody from the rows that are here: their tokens are good for minutes only. */
  async #readEnded(claims: readonly SyncClaims[]): Promise<ReadonlySet<SyncClaims>> {
    const { readEnded, logger } = this.#options;
    try {
      return await readEnded(claims);
    } catch (error) {
      logger.warn({ err: error }, 'whether devices and users still have their right could not be looked up');
      return new Set();
    }
  }

  #makeRoom(): void {
    if (this.#isStopping) throw new HttpProblem(503, 'PSYNC_S2003', 'the server is shutting down');
    if (this.#running.size >= this.#options.limits.connections)
      throw new HttpProblem(429, 'PSYNC_S2304', 'too many streams at once');
  }
}

function textOf(claim: unknown): string {
  return typeof claim === 'string' ? claim : '';
}

function openSink(
  request: IncomingMessage,
  response: ServerResponse,
  onSent: (coding: ContentCoding, bytes: number) => void,
): LineSink {
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
  return new LineSink(response, framing, coding, (bytes) => onSent(coding, bytes));
}
