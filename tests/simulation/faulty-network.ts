import { setTimeout as wait } from 'node:timers/promises';
import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import { type FaultPlan, noFaults } from './fault-plan.ts';
import type { RandomSource } from './random-source.ts';

/** What happened to calls and streams, to prove that a run did something. */
export type FaultCounts = {
  requestsLost: number;
  answersLost: number;
  repeats: number;
  streamsRefused: number;
  streamsCut: number;
};

export function noFaultsYet(): FaultCounts {
  return { requestsLost: 0, answersLost: 0, repeats: 0, streamsRefused: 0, streamsCut: 0 };
}

/** The line between one device and the server. */
export type FaultyNetwork = {
  readonly interceptor: Interceptor;
  readonly fetch: typeof globalThis.fetch;
  /** Off: calls fail and open streams break. */
  setUp(isUp: boolean): void;
  /** From now on nothing goes wrong by itself. */
  heal(): void;
};

export function createFaultyNetwork(
  planned: FaultPlan,
  random: RandomSource,
  counts: FaultCounts,
): FaultyNetwork {
  let plan = planned;
  let line = new AbortController();
  let isUp = true;

  const interceptor: Interceptor = (next) => async (request) => {
    await wait(random.between(0, plan.delayedMs));
    if (!isUp) throw lost('the network is down');
    if (random.chance(plan.requestLost)) {
      counts.requestsLost += 1;
      throw lost('the request got lost');
    }
    if (!request.stream && random.chance(plan.repeated)) {
      counts.repeats += 1;
      // A copy that wanders about; what comes of it, nobody hears.
      void wait(random.between(0, 500)).then(() => next(request).catch(() => undefined));
    }
    const answer = await next(request);
    await wait(random.between(0, plan.delayedMs));
    if (!isUp) throw lost('the network went down');
    if (random.chance(plan.answerLost)) {
      counts.answersLost += 1;
      throw lost('the answer got lost');
    }
    return answer;
  };

  const fetchStream: typeof globalThis.fetch = async (input, init) => {
    if (!isUp) throw new TypeError('the network is down');
    if (random.chance(plan.streamRefused)) {
      counts.streamsRefused += 1;
      throw new TypeError('the stream was refused');
    }
    const signals = [line.signal, ...(init?.signal ? [init.signal] : [])];
    const response = await fetch(input, { ...init, signal: AbortSignal.any(signals) });
    if (response.body === null || !random.chance(plan.streamCut)) return response;
    counts.streamsCut += 1;
    const headers = new Headers(response.headers);
    // The bytes are decoded already.
    headers.delete('content-encoding');
    headers.delete('content-length');
    const body = response.body.pipeThrough(cutAfter(random.between(0, 20_000)));
    return new Response(body, { status: response.status, headers });
  };

  return {
    interceptor,
    fetch: fetchStream,
    setUp(next) {
      isUp = next;
      if (next) return;
      line.abort(new TypeError('the network went down'));
      line = new AbortController();
    },
    heal() {
      plan = noFaults;
    },
  };
}

/** Ends in the middle of a line, with an error. */
function cutAfter(byteCount: number): TransformStream<Uint8Array, Uint8Array> {
  let left = Math.floor(byteCount);
  return new TransformStream({
    transform(chunk, controller) {
      if (chunk.length < left) {
        left -= chunk.length;
        controller.enqueue(chunk);
        return;
      }
      controller.enqueue(chunk.subarray(0, left));
      controller.error(new TypeError('the stream was cut'));
    },
  });
}

function lost(what: string): ConnectError {
  return new ConnectError(what, Code.Unavailable);
}
