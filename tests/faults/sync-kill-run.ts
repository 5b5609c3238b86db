import { setTimeout as wait } from 'node:timers/promises';
import { createRandomSource, type RandomSource } from '#simulation/random-source.ts';
import { type ChangingRows, startChanging } from './changing-rows.ts';
import type { RealServer } from './real-server.ts';
import { strike, type Victim } from './strike.ts';
import { type HealingFigures, summariseHealing } from './summarise.ts';
import { openSyncCompany, type SyncCompany } from './sync-company.ts';
import { assetsOf, openSyncReaders, type SyncReaders } from './sync-readers.ts';

/** Healing: from when what was struck was back until the last reader had what was written after it. */
export type SyncKillOutcome = HealingFigures & {
  readonly rounds: number;
  readonly strikes: Readonly<Record<Victim, number>>;
  readonly changedRows: number;
  /** What each raw client went through, and what it got for it. */
  readonly clients: readonly {
    readonly name: string;
    readonly connections: number;
    readonly receivedOps: number;
    /** The most operations that it took to be up to date again. */
    readonly mostAtReturn: number;
    readonly repeatedRows: number;
    readonly abandonedRows: number;
  }[];
  /** Wrong sums, broken rules, rows that came again though nothing had changed, readers that hold something else. */
  readonly faults: readonly string[];
};

const ASSETS = 2000;
const LONGEST_CALM_MS = 800;
const HEALED_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 25;
const COMPARED_EVERY = 10;
const CHANCE_OF_SECOND_BLOW = 0.25;

/**
 * Rows change without a pause while the sync server, PostgreSQL or the slot between them is struck at a random moment,
 * again and again. Every reader must come to what the database holds by itself each time, with every sum right, and get
 * nothing again that did not change.
 */
export async function runSyncKills(
  server: RealServer,
  options: {
    readonly rounds: number;
    readonly seed: string;
    /** Instead of chance, which mostly picks the server. */
    readonly strikes?: readonly Victim[];
    readonly onRound?: (round: { round: number; strike: Victim; healedMs: number }) => void;
  },
): Promise<SyncKillOutcome> {
  const { rounds } = options;
  const random = createRandomSource(options.seed);
  const company = await openSyncCompany(server, ASSETS);
  await server.untilWell();
  const readers = await openSyncReaders(company, random);
  await untilAllHear(server, company, readers, 'nothing yet');
  const changing = startChanging(server.ownerPool, company, random.fork('changes'));
  const strikes = { server: 0, database: 0, slot: 0 };
  const healed: number[] = [];
  const faults: string[] = [];
  const strikeSoon = async (victim: Victim) => {
    await wait(random.between(0, LONGEST_CALM_MS));
    strikes[victim] += 1;
    await strike(server, victim, random);
  };
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const victim = options.strikes?.[round - 1] ?? drawVictim(random);
      await strikeSoon(victim);
      // On a server that is still getting up.
      if (random.chance(CHANCE_OF_SECOND_BLOW)) await strikeSoon('server');
      const healedMs = await untilAllHear(server, company, readers, `round ${round}`);
      healed.push(healedMs);
      if (round % COMPARED_EVERY === 0 || round === rounds)
        faults.push(...(await compare(server, company, readers, changing)));
      options.onRound?.({ round, strike: victim, healedMs });
    }
    faults.push(...(await readers.sdkFaults()), ...faultsOf(readers));
  } finally {
    await changing.stop();
    await readers.close();
  }
  return {
    rounds,
    strikes,
    changedRows: changing.changedCount,
    clients: readers.raw.map(({ name, connections, receivedOps, mostAtReturn, follower }) => ({
      name,
      connections,
      receivedOps,
      mostAtReturn,
      repeatedRows: follower.repeatedRows,
      abandonedRows: follower.abandonedRows,
    })),
    ...summariseHealing(healed),
    faults,
  };
}

function drawVictim(random: RandomSource): Victim {
  const chance = random.next();
  if (chance < 0.1) return 'slot';
  return chance < 0.25 ? 'database' : 'server';
}

/** Writes a word and waits until every reader shows it. Answers after how long; throws where one never does. */
async function untilAllHear(
  server: RealServer,
  { tenant }: SyncCompany,
  readers: SyncReaders,
  word: string,
): Promise<number> {
  const startedAt = performance.now();
  await server.ownerPool.query('UPDATE products SET name = $3 WHERE tenant_id = $1 AND id = $2', [
    tenant.tenantId,
    tenant.productId,
    word,
  ]);
  for (;;) {
    server.mustRun();
    const shown = await readers.products();
    const waitedMs = performance.now() - startedAt;
    if (shown.every((name) => name === word)) return Math.round(waitedMs);
    if (waitedMs > HEALED_WITHIN_MS)
      throw new Error(`${HEALED_WITHIN_MS} ms after a strike, readers show ${shown.join(', ')}, not ${word}`);
    await wait(LOOK_EVERY_MS);
  }
}

/** While nobody writes, everybody must hold what the database holds. */
async function compare(
  server: RealServer,
  company: SyncCompany,
  readers: SyncReaders,
  changing: ChangingRows,
): Promise<string[]> {
  await changing.pause();
  await untilAllHear(server, company, readers, `at rest after ${changing.changedCount}`);
  const wanted = (await assetsOf(server, company)).join('\n');
  const givenUpAt = performance.now() + HEALED_WITHIN_MS;
  for (;;) {
    // The word that was heard is more urgent than assets are: it may be there a moment before them.
    const held = await readers.assets();
    const different = [...held].filter(([, assets]) => assets.join('\n') !== wanted);
    if (different.length > 0 && performance.now() < givenUpAt) {
      await wait(LOOK_EVERY_MS);
      continue;
    }
    changing.resume();
    return different.map(([name]) => `${name} holds something else than the database`);
  }
}

function faultsOf({ raw }: SyncReaders): string[] {
  return raw.flatMap(({ name, follower }) => [
    ...follower.faults.map((fault) => `${name}: ${fault}`),
    ...(follower.repeatedRows > 0 ? [`${name}: ${follower.repeatedRows} rows came again unchanged`] : []),
    ...(follower.abandonedRows > 0 ? [`${name}: ${follower.abandonedRows} rows had to be left behind`] : []),
  ]);
}
