import { setTimeout as wait } from 'node:timers/promises';
import { createRandomSource, type RandomSource } from '#simulation/random-source.ts';
import { type Crew, openCrew } from './crew.ts';
import type { RealServer } from './real-server.ts';
import { type Ending, settle } from './settle.ts';
import { strike, type Victim } from './strike.ts';

export type KillOutcome = {
  readonly victim: Victim;
  readonly rounds: number;
  readonly acknowledged: number;
  /** The longest time until something arrived again, from when what was struck was back. */
  readonly longestSilenceMs: number;
  readonly ending: Ending;
};

const DEVICES = 5;
const PAUSE_MS = 60;
const LONGEST_CALM_MS = 500;
const NEWS_WITHIN_MS = 60_000;
const TWO_DAYS_MS = 2 * 86_400_000;

/**
 * Devices record and send without a pause, some with clocks that are wrong or put wrong meanwhile, while one part of
 * the server is struck again and again at a random moment and comes back. In the end everything must be everywhere.
 */
export async function runKills(
  server: RealServer,
  { victim, rounds, seed }: { readonly victim: Victim; readonly rounds: number; readonly seed: string },
): Promise<KillOutcome> {
  const random = createRandomSource(seed);
  await using crew = await openCrew(server, seed, DEVICES, random);
  const shift = { isOver: false };
  const working = Promise.all(
    crew.devices.map((device, index) => work(device, shift, random.fork(`work ${index}`))),
  );
  let longestSilenceMs = 0;
  try {
    for (let round = 0; round < rounds; round += 1) {
      longestSilenceMs = Math.max(longestSilenceMs, await untilNews(server, crew));
      await wait(random.between(0, LONGEST_CALM_MS));
      await strike(server, victim, random);
    }
  } finally {
    shift.isOver = true;
    await working;
  }
  await server.untilWell();
  const acknowledged = crew.devices.reduce((sum, device) => sum + device.acknowledged.length, 0);
  return { victim, rounds, acknowledged, longestSilenceMs, ending: await settle(server, crew) };
}

async function work(
  device: Crew['devices'][number],
  shift: { readonly isOver: boolean },
  random: RandomSource,
): Promise<void> {
  while (!shift.isOver) {
    await wait(random.between(0, 2 * PAUSE_MS));
    if (random.chance(0.02)) device.setWallClock(random.between(-TWO_DAYS_MS, TWO_DAYS_MS));
    await device.act();
  }
}

/**
 * Something more has arrived since this was asked: the server is at work, to be struck in the middle of it. Answers
 * after how long.
 */
async function untilNews({ ownerPool, mustRun }: RealServer, { tenant }: Crew): Promise<number> {
  const startedAt = performance.now();
  const givenUpAt = startedAt + NEWS_WITHIN_MS;
  const countStored = async () => {
    const { rows } = await ownerPool.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM operations WHERE tenant_id = $1',
      [tenant.tenantId],
    );
    return rows[0]?.count ?? 0;
  };
  const before = await countStored();
  while ((await countStored()) === before) {
    mustRun();
    if (performance.now() > givenUpAt) throw new Error(`nothing arrived for ${NEWS_WITHIN_MS} ms`);
    await wait(10);
  }
  return Math.round(performance.now() - startedAt);
}
