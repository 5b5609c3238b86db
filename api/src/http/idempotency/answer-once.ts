import { createHash } from 'node:crypto';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { MethodOptions_IdempotencyLevel } from '@bufbuild/protobuf/wkt';
import {
  Code,
  ConnectError,
  type Interceptor,
  type UnaryRequest,
  type UnaryResponse,
} from '@connectrpc/connect';
import type { TenantScope } from '@eventkit/database/tenant-transaction.ts';
import type { Logger } from 'pino';
import { callerOf } from '#http/caller.ts';
import { connectErrorOf } from '#http/connect-error-of.ts';
import { requestIdKey } from '#http/request-id.ts';
import { scopeOf } from '#http/scope-of.ts';

export const IDEMPOTENCY_KEY_HEADER = 'idempotency-key';
/** On an answer that was given before. */
export const REPLAYED_HEADER = 'idempotency-replayed';

export type KeyedRequest = { readonly key: string; readonly rpc: string; readonly requestHash: Uint8Array };

/** Who works on a request; nobody else may keep its answer or give it up. */
export type Claim = { readonly key: string; readonly claim: string };

export type ClaimOutcome =
  | { readonly tag: 'claimed'; readonly claim: Claim }
  | { readonly tag: 'answered'; readonly answer: Uint8Array }
  | { readonly tag: 'running' }
  | { readonly tag: 'other_request' };

/** Answers by the key of their request, each person's own, for a day. */
export type KeptAnswers = {
  /** One of several at the same time gets it. */
  claim(scope: TenantScope, request: KeyedRequest): Promise<ClaimOutcome>;
  keep(scope: TenantScope, claim: Claim, answer: Uint8Array): Promise<void>;
  /** As if it had never been asked. */
  release(scope: TenantScope, claim: Claim): Promise<void>;
};

const ACCEPTABLE = /^[\w.:~+/=-]{1,255}$/;
const COME_AGAIN_MS = 1000;

/**
 * A write that brings an Idempotency-Key runs once, however often it is sent: the second time it gets the answer of the
 * first. A call that failed has done nothing and may be sent again with the same key.
 */
export function answerOnce(answers: KeptAnswers, log: Pick<Logger, 'warn'>): Interceptor {
  return (next) => async (request) => {
    const key = request.header.get(IDEMPOTENCY_KEY_HEADER);
    if (key === null || request.stream || isRead(request)) return next(request);
    if (!ACCEPTABLE.test(key)) throw connectErrorOf({ tag: 'bad_idempotency_key' });
    const scope = scopeOf(callerOf({ values: request.contextValues }));
    const outcome = await answers.claim(scope, keyedRequestOf(key, request));
    switch (outcome.tag) {
      case 'answered':
        if (holdsSecret(request)) throw connectErrorOf({ tag: 'answered_once' });
        return replay(request, outcome.answer);
      case 'other_request':
        throw connectErrorOf({ tag: 'idempotency_key_reused' });
      case 'running':
        throw connectErrorOf({ tag: 'still_running', retryAfterMs: COME_AGAIN_MS });
      case 'claimed':
        return run(scope, outcome.claim);
    }

    async function run(scope: TenantScope, claim: Claim) {
      const response = await next(request).catch(async (thrown: unknown) => {
        // What was cut off may still be running: its key stays taken until the claim runs out.
        const isOver = ConnectError.from(thrown).code !== Code.DeadlineExceeded;
        if (isOver) await orNote(() => answers.release(scope, claim), 'a key could not be given up');
        throw thrown;
      });
      if (response.stream) throw new Error('a stream has no one answer');
      const answer = holdsSecret(request)
        ? new Uint8Array()
        : toBinary(response.method.output, response.message);
      // The write stands: whoever asked must hear so, even where nobody else will.
      await orNote(() => answers.keep(scope, claim, answer), 'an answer could not be kept');
      return response;
    }

    async function orNote(work: () => Promise<void>, problem: string): Promise<void> {
      try {
        await work();
      } catch (error) {
        log.warn({ requestId: request.contextValues.get(requestIdKey), err: error }, problem);
      }
    }
  };
}

function isRead({ method }: Pick<UnaryRequest, 'method'>): boolean {
  return method.idempotency === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS;
}

/** Writes whose answers hold secrets: that they were done is kept, what they said is not. */
export const rpcsWithSecretAnswers: readonly string[] = [
  'eventkit.v1.ApiKeyService/CreateApiKey',
  'eventkit.v1.AuthService/CreateSyncToken',
  'eventkit.v1.BadgeService/GiveBadge',
];

type NamedRequest = {
  readonly service: { readonly typeName: string };
  readonly method: { readonly name: string };
};

function holdsSecret(request: NamedRequest): boolean {
  return rpcsWithSecretAnswers.includes(rpcOf(request));
}

function rpcOf({ service, method }: NamedRequest): string {
  return `${service.typeName}/${method.name}`;
}

function keyedRequestOf(key: string, request: UnaryRequest): KeyedRequest {
  const message = toBinary(request.method.input, request.message);
  return { key, rpc: rpcOf(request), requestHash: createHash('sha256').update(message).digest() };
}

function replay({ service, method }: UnaryRequest, answer: Uint8Array): UnaryResponse {
  return {
    stream: false,
    service,
    method,
    header: new Headers({ [REPLAYED_HEADER]: 'true' }),
    trailer: new Headers(),
    message: fromBinary(method.output, answer),
  };
}
