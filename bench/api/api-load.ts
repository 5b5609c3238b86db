import { Agent } from 'node:http';
import type { ApiCall } from './api-calls.ts';
import { send } from './send.ts';

export type Timed = { readonly rpc: string; readonly ms: number };

export type Load = { readonly timed: readonly Timed[]; readonly tookMs: number };

/** So many people at once, each with one call after the other, for a while. A call that is not answered with 200 throws. */
export async function runLoad(
  url: string,
  tokens: readonly string[],
  calls: readonly ApiCall[],
  forMs: number,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: tokens.length });
  const timed: Timed[] = [];
  const startedMs = performance.now();
  await Promise.all(
    tokens.map(async (token) => {
      while (performance.now() - startedMs < forMs) {
        const call = drawn(calls);
        const beganMs = performance.now();
        const { status, answer } = await send(agent, { url, token }, call.rpc, JSON.stringify(call.body()));
        if (status !== 200) throw new Error(`${call.rpc} was answered with ${status}: ${answer}`);
        timed.push({ rpc: call.rpc, ms: performance.now() - beganMs });
      }
    }),
  );
  agent.destroy();
  return { timed, tookMs: performance.now() - startedMs };
}

function drawn(calls: readonly ApiCall[]): ApiCall {
  let rest = Math.random() * calls.reduce((sum, { weight }) => sum + weight, 0);
  const found = calls.find(({ weight }) => {
    rest -= weight;
    return rest < 0;
  });
  if (found === undefined) throw new Error('no calls to draw from');
  return found;
}
