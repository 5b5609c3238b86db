import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RealServer, startRealServer } from './real-server.ts';
import { runSyncKills } from './sync-kill-run.ts';

let server: RealServer;
beforeAll(async () => {
  server = await startRealServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** `npm run faults -- sync-kills` strikes hundreds of times. */
test('[SY22] [SY23] every reader comes to what the database holds, wherever the way to it is struck, and gets nothing twice', async () => {
  const strikes = ['server', 'slot', 'server', 'database'] as const;
  const outcome = await runSyncKills(server, { rounds: strikes.length, seed: 'pinned', strikes });
  expect(outcome.faults).toEqual([]);
  expect(outcome.strikes.server).toBeGreaterThanOrEqual(2);
  expect(outcome.changedRows).toBeGreaterThan(100);
  for (const { connections, receivedOps } of outcome.clients) {
    expect(connections).toBeGreaterThan(2);
    expect(receivedOps).toBeGreaterThan(100);
  }
}, 240_000);
