import { afterAll, beforeAll, expect, test } from 'vitest';
import { runKills } from './kill-run.ts';
import { type RealServer, startRealServer } from './real-server.ts';
import type { Victim } from './strike.ts';

/** `npm run faults -- kills` strikes hundreds of times. */
const ROUNDS = 3;

let server: RealServer;
beforeAll(async () => {
  server = await startRealServer();
});
afterAll(() => server[Symbol.asyncDispose]());

test.each<Victim>(['server', 'database', 'slot'])(
  'I1 I2 I3 I7: nothing is lost or told twice where the %s is struck while devices send',
  async (victim) => {
    const outcome = await runKills(server, { victim, rounds: ROUNDS, seed: `pinned ${victim}` });
    expect(outcome.ending).toMatchObject({ kind: 'well' });
    expect(outcome.acknowledged).toBeGreaterThan(20);
  },
  240_000,
);
