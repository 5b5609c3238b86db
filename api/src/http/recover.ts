import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import type { Logger } from 'pino';
import { REQUEST_ID_HEADER, requestIdKey } from './request-id.ts';

/**
 * Outermost. What a service did not mean to say (a bug, a database that is gone) becomes `internal` with the
 * request id and nothing else: no stack, no SQL. The log has the rest.
 */
export function recover(log: Logger): Interceptor {
  return (next) => async (request) => {
    const requestId = request.contextValues.get(requestIdKey);
    try {
      const response = await next(request);
      response.header.set(REQUEST_ID_HEADER, requestId);
      return response;
    } catch (thrown) {
      throw withRequestId(
        isMeant(thrown) ? thrown : concealed(log, requestId, request.method.name, thrown),
        requestId,
      );
    }
  };
}

function isMeant(thrown: unknown): thrown is ConnectError {
  return thrown instanceof ConnectError && thrown.code !== Code.Internal && thrown.code !== Code.Unknown;
}

function concealed(log: Logger, requestId: string, rpc: string, thrown: unknown): ConnectError {
  log.error({ requestId, rpc, err: thrown }, 'call failed');
  return new ConnectError(
    `Something went wrong on the server. Report this number: ${requestId}`,
    Code.Internal,
  );
}

function withRequestId(error: ConnectError, requestId: string): ConnectError {
  error.metadata.set(REQUEST_ID_HEADER, requestId);
  return error;
}
