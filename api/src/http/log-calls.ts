import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { Logger } from 'pino';
import { principalKey } from './caller.ts';
import { gateMsKey } from './gate-ms.ts';
import { requestIdKey } from './request-id.ts';

/** One line per call: what, how long, with which end, for whom. Never a message's content. */
export function logCalls(log: Logger, clock: Clock): Interceptor {
  return (next) => async (request) => {
    const startedAt = clock.monotonicMs() - request.contextValues.get(gateMsKey);
    const write = (code: string) =>
      log.info({
        requestId: request.contextValues.get(requestIdKey),
        rpc: `${request.service.typeName}/${request.method.name}`,
        code,
        ms: Math.round((clock.monotonicMs() - startedAt) * 10) / 10,
        userId: request.contextValues.get(principalKey)?.userId,
        tenantId: request.contextValues.get(principalKey)?.tenantId,
      });
    try {
      const response = await next(request);
      write('ok');
      return response;
    } catch (thrown) {
      write(Code[ConnectError.from(thrown).code]);
      throw thrown;
    }
  };
}
