import type { NodeRoute } from '@eventkit/api/app.ts';
import { mayReadMetrics } from '@eventkit/api/http/may-read-metrics.ts';
import type { OpenStream } from '@eventkit/sync-server/download/sync-streams.ts';

/** GET /sync/streams: which devices are being served, for `eventkit sync diagnose`; null where nobody here knows. For whoever may read metrics. */
export function openStreamsRoute(list: () => readonly OpenStream[] | null, token: string | null): NodeRoute {
  return (request, response) => {
    if (request.method !== 'GET' || request.url !== '/sync/streams') return false;
    const { headers, socket } = request;
    const isAllowed = mayReadMetrics({ headers, remoteAddress: socket.remoteAddress }, token);
    response
      .writeHead(isAllowed ? 200 : 403, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      .end(JSON.stringify(isAllowed ? list() : { error: 'not_allowed' }));
    return true;
  };
}
