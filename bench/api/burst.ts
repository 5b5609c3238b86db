import { once } from 'node:events';
import { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { median, percentile, repeat } from '#bench.ts';
import type { BenchStack } from '#bench-stack.ts';
import { send } from './send.ts';

const ROUNDS = 5;
const ROUND_MS = 5000;
/** What each of the others does: a call every quarter of a second, as at a screen that is used in earnest. */
const EVERY_MS = 250;
export type BurstResult = {
  /** Milliseconds within which 95 of 100 calls of the others were answered, in the middle one of the rounds. */
  readonly calmMs: number;
  readonly besideMs: number;
  /** Share of the calls of the greedy one. */
  readonly refused: number;
  readonly notes: readonly string[];
};

/**
 * What people notice of somebody who calls the API ten times as often as is allowed: the time of 95 of 100 of their own
 * calls, beside that burst and without it, by turns.
 */
export async function measureBurst(
  stack: Pick<BenchStack, 'url'>,
  greedy: string,
  others: readonly string[],
): Promise<BurstResult> {
  const agent = new Agent({ keepAlive: true });
  const call = async (token: string): Promise<{ readonly ms: number; readonly status: number }> => {
    const startedMs = performance.now();
    const { status } = await send(
      agent,
      { url: stack.url, token },
      'InventoryService/ListAssets',
      '{"pageSize":50}',
    );
    return { ms: performance.now() - startedMs, status };
  };
  await measure(() => call(others[0] ?? ''), others.length);
  const refusals: number[] = [];
  const rounds = await repeat(ROUNDS, async () => {
    const calm = await measureAll(others, call);
    const burst = await burstOf({ url: stack.url, token: greedy });
    const beside = await measureAll(others, call);
    refusals.push(await burst.end());
    return { calm: percentile(calm, 0.95), beside: percentile(beside, 0.95) };
  });
  agent.destroy();
  return {
    calmMs: median(rounds.map((round) => round.calm)),
    besideMs: median(rounds.map((round) => round.beside)),
    refused: median(refusals),
    notes: rounds.map(
      (round) => `p95 of the others: ${round.calm} ms without the burst, ${round.beside} ms beside it`,
    ),
  };
}

async function measureAll(
  tokens: readonly string[],
  call: (token: string) => Promise<{ readonly ms: number; readonly status: number }>,
): Promise<readonly number[]> {
  const times = await Promise.all(
    tokens.map(async (token, place) => {
      await wait((EVERY_MS / tokens.length) * place);
      return measure(() => call(token), ROUND_MS / EVERY_MS);
    }),
  );
  return times.flat();
}

/** Milliseconds of so many calls, one begun in every quarter of a second. */
async function measure(
  call: () => Promise<{ readonly ms: number; readonly status: number }>,
  count: number,
): Promise<readonly number[]> {
  return repeat(count, async () => {
    const { ms, status } = await call();
    if (status !== 200) throw new Error(`one of the others was answered with ${status}`);
    await wait(Math.max(0, EVERY_MS - ms));
    return ms;
  });
}

async function burstOf(workerData: {
  readonly url: string;
  readonly token: string;
}): Promise<{ end(): Promise<number> }> {
  const worker = new Worker(new URL('./greedy-caller.ts', import.meta.url), { workerData });
  await once(worker, 'online');
  return {
    async end() {
      const told = once(worker, 'message');
      worker.postMessage('end');
      const [refused] = await told;
      await worker.terminate();
      return refused;
    },
  };
}
