import type { Interceptor } from '@connectrpc/connect';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { type Authentication, authenticate } from './authenticate.ts';
import { authorise } from './authorise.ts';
import { countCalls } from './count-calls.ts';
import { answerOnce, type KeptAnswers } from './idempotency/answer-once.ts';
import { keepDeadline } from './keep-deadline.ts';
import { limitCalls } from './limits/limit-calls.ts';
import type { RateLimiter } from './limits/rate-limiter.ts';
import { refuseAgain } from './limits/refuse-again.ts';
import { createRefusedCredentials } from './limits/refused-credentials.ts';
import { logCalls } from './log-calls.ts';
import { recover } from './recover.ts';
import { validate } from './validate.ts';

export type InterceptorCapabilities = {
  readonly log: Logger;
  readonly clock: Clock;
  readonly metrics: Registry;
  readonly authentication: Authentication;
  readonly limiter: RateLimiter;
  readonly keptAnswers: KeptAnswers;
};

/** What every call goes through before its service, the outermost first. The order is tested. */
export function interceptors(capabilities: InterceptorCapabilities): Interceptor[] {
  const { log, clock, metrics, authentication, limiter, keptAnswers } = capabilities;
  const refused = createRefusedCredentials(clock);
  return [
    recover(log),
    logCalls(log, clock),
    countCalls(metrics, clock),
    refuseAgain(refused),
    authenticate(authentication),
    limitCalls(limiter, refused),
    authorise,
    validate(),
    answerOnce(keptAnswers, log),
    keepDeadline(clock, log),
  ];
}
