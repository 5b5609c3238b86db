import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import type { SyncService, Verdict } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import { verdictNumbers } from '@eventkit/sync-server/upload/verdict-numbers.ts';
import type { OperationTracer } from './operation-tracer.ts';

/** The same service, whose pushes are followed. */
export function tracePushes(
  service: ServiceImpl<typeof SyncService>,
  tracer: OperationTracer,
  about: (context: HandlerContext) => Readonly<Record<string, string>>,
): ServiceImpl<typeof SyncService> {
  return {
    ...service,
    async push(request, context) {
      const ids = request.operations.map(({ id }) => id.toLowerCase());
      const stored = tracer.begin(ids, about(context));
      const response = await service.push(request, context);
      const results = response.results ?? [];
      stored(new Map(results.map(({ id = '', verdict }) => [id, wordsByVerdict.get(verdict) ?? 'unknown'])));
      return response;
    },
  };
}

const wordsByVerdict: ReadonlyMap<Verdict | undefined, string> = new Map(
  Object.entries(verdictNumbers).map(([word, verdict]) => [verdict, word]),
);
