import { Agent, request } from 'node:http';
import type { ApiCall } from './api-calls.ts';

export type Timed = { readonly rpc: string; readonly ms: number };

export type Load = { readonly timed: readonly Timed[]; readonly tookMs: number };

/**
 * So many people at once, each with one call after the other, for a while. A call that is not answered with 200 throws.
 * By node:http and not by fetch, which costs whoever measures three times as much, on the machine that is measured.
 */
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
        await post(agent, url, token, call);
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

function post(agent: Agent, url: string, token: string, { rpc, body }: ApiCall): Promise<void> {
  const text = JSON.stringify(body());
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      authorization: `Bearer ${token}`,
    };
    const outgoing = request(`${url}/eventkit.v1.${rpc}`, { agent, method: 'POST', headers }, (response) => {
      let answer = '';
      response.on('error', reject);
      if (response.statusCode === 200) response.resume().on('end', resolve);
      else
        response
          .on('data', (part) => {
            answer += String(part);
          })
          .on('end', () => reject(new Error(`${rpc} was answered with ${response.statusCode}: ${answer}`)));
    });
    outgoing.on('error', reject).end(text);
  });
}
