import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import { Histogram, type Registry } from 'prom-client';
import { gateMsKey } from './gate-ms.ts';

/** eventkit_rpc_seconds by rpc and code: its count is the number of calls. */
export function countCalls(registry: Registry, clock: Clock): Interceptor {
  const seconds = new Histogram({
    name: 'eventkit_rpc_seconds',
    help: 'How long calls took, by rpc and by how they ended',
    labelNames: ['rpc', 'code'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 50],
    registers: [registry],
  });
  return (next) => async (request) => {
    const rpc = `${request.service.typeName}/${request.method.name}`;
    const startedAt = clock.monotonicMs() - request.contextValues.get(gateMsKey);
    const observe = (code: string) =>
      seconds.observe({ rpc, code }, (clock.monotonicMs() - startedAt) / 1000);
    try {
      const response = await next(request);
      observe('ok');
      return response;
    } catch (thrown) {
      observe(Code[ConnectError.from(thrown).code]);
      throw thrown;
    }
  };
}
