import { create } from '@bufbuild/protobuf';
import type { HandlerContext, Interceptor, UnaryRequest } from '@connectrpc/connect';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { type Authentication, authenticate } from './authenticate.ts';
import { authorise } from './authorise.ts';
import { countCalls } from './count-calls.ts';
import { gateMsKey } from './gate-ms.ts';
import { answerOnce, type KeptAnswers } from './idempotency/answer-once.ts';
import { keepDeadline } from './keep-deadline.ts';
import type { CallLimiter } from './limits/limit-calls.ts';
import { limitCalls } from './limits/limit-calls.ts';
import { refuseAgain } from './limits/refuse-again.ts';
import { createRefusedCredentials } from './limits/refused-credentials.ts';
import { createTurns } from './limits/turns.ts';
import { usualTurns, waitTurn } from './limits/wait-turn.ts';
import { logCalls } from './log-calls.ts';
import { recover } from './recover.ts';
import { validate } from './validate.ts';

export type CallPathCapabilities = {
  readonly log: Logger;
  readonly clock: Clock;
  readonly metrics: Registry;
  readonly authentication: Authentication;
  readonly limiter: CallLimiter;
  readonly keptAnswers: KeptAnswers;
};

/** Both go to Connect: together they are what every call goes through before its service. */
export type CallPath = {
  /** Before a byte of the message is read: what a stranger sends must cost no memory. */
  readonly requestGate: (context: HandlerContext) => Promise<void>;
  readonly interceptors: Interceptor[];
};

/**
 * What every call goes through, the outermost first: recovery, log, metrics, then the gate (who is asking, how often, and
 * with which right), then what needs the message. The gate comes first in time; a call that it turns away goes through
 * the outer ones there. The order is tested.
 */
export function callPath(capabilities: CallPathCapabilities): CallPath {
  const { log, clock, metrics, authentication, limiter, keptAnswers } = capabilities;
  const refused = createRefusedCredentials(clock);
  const outer = [recover(log), logCalls(log, clock), countCalls(metrics, clock)];
  const gate = [refuseAgain(refused), authenticate(authentication), limitCalls(limiter, refused), authorise];
  return {
    async requestGate(context) {
      const request = headOf(context);
      try {
        const cameAtMs = clock.monotonicMs();
        const admitted = through(gate, async () => undefined)(request);
        await admitted.finally(() => context.values.set(gateMsKey, clock.monotonicMs() - cameAtMs));
      } catch (thrown) {
        await through(outer, () => Promise.reject(thrown))(request);
      }
    },
    // The right is asked for again: what came by another way than the gate is nobody's.
    interceptors: [
      ...outer,
      authorise,
      validate(),
      answerOnce(keptAnswers, log),
      keepDeadline(clock, log),
      waitTurn(createTurns(usualTurns)),
    ],
  };
}

type Answer<T> = (request: UnaryRequest) => Promise<T>;

/** Connect's own type knows calls that are answered only; at the gate none is yet. */
function through<T>(interceptors: readonly Interceptor[], answer: Answer<T>): Answer<T> {
  return interceptors.reduceRight((next, each) => each(next as never) as unknown as Answer<T>, answer);
}

/** The call as far as it is known before its message. */
function headOf(context: HandlerContext): UnaryRequest {
  const {
    service,
    method,
    requestMethod,
    requestHeader: header,
    url,
    signal,
    values: contextValues,
  } = context;
  const message = create(method.input);
  return {
    ...{ stream: false, service, requestMethod, header, url, signal, contextValues, message },
    method: method as UnaryRequest['method'],
  };
}
