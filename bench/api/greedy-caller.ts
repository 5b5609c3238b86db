import { Agent } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { send } from './send.ts';

/** One person asks ten times as often as one may (30 a second). */
const BURST_PER_SECOND = 300;
const TICK_MS = 10;

/**
 * Calls at a steady rate, whatever becomes of them, until told to end; then posts which share was refused. In a thread of
 * its own: whoever measures the others must not wait for it.
 */
const { url, token } = workerData as { readonly url: string; readonly token: string };
const agent = new Agent({ keepAlive: true });
const calls: Promise<number>[] = [];
const timer = setInterval(() => {
  for (let count = 0; count < (BURST_PER_SECOND * TICK_MS) / 1000; count += 1) {
    calls.push(
      send(agent, { url, token }, 'InventoryService/ListAssets', '{"pageSize":50}').then(
        ({ status }) => status,
      ),
    );
  }
}, TICK_MS);
parentPort?.once('message', async () => {
  clearInterval(timer);
  const statuses = await Promise.all(calls);
  agent.destroy();
  parentPort?.postMessage(statuses.filter((status) => status === 429).length / statuses.length);
});
