import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer, answerPreflight, answerProblem } from './answer.ts';
import { authenticate } from './authenticate.ts';
import { HttpProblem } from './http-problem.ts';
import { readJson } from './read-json.ts';
import { asRecord, clientIdRule, isClientId, readWholeNumber } from './sync-request.ts';
import { SyncStreams, type SyncStreamsOptions } from './sync-streams.ts';

export type SyncRoutesOptions = SyncStreamsOptions & {
  readonly isReady: () => boolean;
  readonly isAlive: () => boolean;
};

export type SyncRoutes = {
  /** Takes the request when its path is one of ours. Never throws, whatever the request says. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  readonly connectionCount: number;
  readonly streams: Pick<SyncStreams, 'has' | 'open' | 'deviceCount' | 'slowReaderCount' | 'endDeparted'>;
  /** Refuses new streams and ends those that run. */
  stop(): Promise<void>;
};

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

/** The routes of the PowerSync protocol on Node's own request and response, which alone can make a writer wait. */
export function createSyncRoutes(options: SyncRoutesOptions): SyncRoutes {
  const { oplog, writeCheckpoints, limits, logger } = options;
  const streams = new SyncStreams(options);
  const callerOf = (request: IncomingMessage) =>
    authenticate({ ...options, departures: oplog.departures }, request);

  const writeCheckpoint: Handler = async (request, response, url) => {
    const claims = await callerOf(request);
    const clientId = url.searchParams.get('client_id') || `user:${claims.sub}`;
    if (!isClientId(clientId)) throw new HttpProblem(400, 'PSYNC_S2001', clientIdRule);
    answer(response, 200, { data: { write_checkpoint: await writeCheckpoints.next(clientId) } });
  };

  const checkpointRequest: Handler = async (request, response) => {
    await callerOf(request);
    const body = asRecord(await readJson(request, limits.bodyBytes));
    const clientId = body?.['client_id'];
    const id = readWholeNumber(body?.['checkpoint_request_id']);
    if (!isClientId(clientId)) throw new HttpProblem(400, 'PSYNC_S2001', clientIdRule);
    if (id === null || id === 0n || id > 2n ** 63n - 1n)
      throw new HttpProblem(400, 'PSYNC_S2001', 'checkpoint_request_id must be from 1 and fit 64 bits');
    const stored = await writeCheckpoints.request(clientId, id);
    answer(response, 200, { data: { checkpoint_request_id: stored } });
  };

  const probe =
    (isGood: () => boolean): Handler =>
    async (_, response) =>
      answer(response, isGood() ? 200 : 400, {
        ready: options.isReady(),
        started: oplog.deployment !== null,
        touched_at: new Date(options.nowMs()).toISOString(),
      });

  const routes = new Map<string, { method: string; handler: Handler }>([
    ['/sync/stream', { method: 'POST', handler: (request, response) => streams.serve(request, response) }],
    ['/write-checkpoint2.json', { method: 'GET', handler: writeCheckpoint }],
    ['/sync/checkpoint-request', { method: 'POST', handler: checkpointRequest }],
    ['/probes/startup', { method: 'GET', handler: probe(() => oplog.deployment !== null) }],
    ['/probes/liveness', { method: 'GET', handler: probe(options.isAlive) }],
    ['/probes/readiness', { method: 'GET', handler: probe(() => !streams.isStopping && options.isReady()) }],
  ]);

  return {
    handle(request, response) {
      const url = URL.parse(request.url ?? '/', 'http://localhost');
      const route = url === null ? undefined : routes.get(url.pathname);
      if (url === null || route === undefined) return false;
      if (request.method === 'OPTIONS') answerPreflight(response);
      else if (request.method !== route.method) {
        const problem = new HttpProblem(405, 'PSYNC_S2002', `use ${route.method}`);
        answerProblem(response, problem, { allow: route.method });
      } else {
        route.handler(request, response, url).catch((error: unknown) => {
          const isExpected = error instanceof HttpProblem;
          if (!isExpected) logger.error({ err: error, path: url.pathname }, 'a request failed');
          if (response.headersSent) response.destroy();
          else if (isExpected) answerProblem(response, error);
          else answerProblem(response, new HttpProblem(500, 'PSYNC_S2001', 'internal error'));
        });
      }
      return true;
    },
    get connectionCount() {
      return streams.count;
    },
    streams,
    stop: () => streams.stop(),
  };
}
