import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import { isDatabaseAway } from '@eventkit/database/is-database-away.ts';
import type { Logger } from 'pino';
import { connectErrorOf } from './connect-error-of.ts';
import { REQUEST_ID_HEADER, requestIdKey } from './request-id.ts';

/**
 * Outermost. What a service did not mean to say becomes `internal` with the request id and nothing else: no stack, no
 * SQL. A database that is away becomes `unavailable`, so that callers come again instead of looking for a fault in what
 * they sent. The log has the rest.
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
  if (isDatabaseAway(thrown)) {
    return connectErrorOf({ tag: 'database_away' });
  }
  return connectErrorOf({ tag: 'internal', requestId });
}

function withRequestId(error: ConnectError, requestId: string): ConnectError {
  error.metadata.set(REQUEST_ID_HEADER, requestId);
  return error;
}
