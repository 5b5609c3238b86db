import type { Interceptor } from '@connectrpc/connect';
import { createValidateInterceptor } from '@connectrpc/validate';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { type Authentication, authenticate } from './authenticate.ts';
import { authorise } from './authorise.ts';
import { countCalls } from './count-calls.ts';
import { logCalls } from './log-calls.ts';
import { recover } from './recover.ts';

export type InterceptorCapabilities = {
  readonly log: Logger;
  readonly clock: Clock;
  readonly metrics: Registry;
  readonly authentication: Authentication;
};

/** What every call goes through before its service, the outermost first. The order is tested. */
export function interceptors(capabilities: InterceptorCapabilities): Interceptor[] {
  const { log, clock, metrics, authentication } = capabilities;
  return [
    recover(log),
    logCalls(log, clock),
    countCalls(metrics, clock),
    authenticate(authentication),
    authorise,
    createValidateInterceptor(),
  ];
}
