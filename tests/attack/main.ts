// Attacks a running EventKit: one of its own, or the one at --url. Prints a table, and fails where something got through.
import { readCommandLine } from '#command/read-command.ts';
import { createRandomSource } from '#simulation/random-source.ts';
import { allAttacks } from './all-attacks.ts';
import { type AttackResult, runAttack } from './attack.ts';
import { openGivenTarget } from './given-target.ts';
import { startOwnTarget } from './own-target.ts';

const SHOWN = 5;

const { values } = readCommandLine({
  call: 'npm run attack --',
  options: {
    url: {
      says: 'a running EventKit, with ATTACK_TOKEN, ATTACK_COLLEAGUE_TOKEN and ATTACK_FOREIGN_TOKEN (of another company) from the environment; one is started without it',
    },
    calls: { says: 'how many calls are drawn', default: 10_000 },
    seed: { says: 'what is drawn comes from it; a new one each time unless given' },
    only: { says: 'attacks whose name contains this' },
  },
});
const seed = values.seed ?? String(Date.now() % 1_000_000);
console.log(`seed ${seed}`);
const { target, stop } = await openTarget(values.url);
const results: AttackResult[] = [];
try {
  for (const attack of allAttacks.filter(({ name }) => name.includes(values.only ?? ''))) {
    const result = await runAttack(attack, {
      target,
      random: createRandomSource(seed),
      callCount: values.calls,
    });
    results.push(result);
    for (const { request, why } of result.breaches.slice(0, SHOWN))
      console.log(`\nBREACH  ${result.name}: ${why}\n${request.slice(0, 2000)}`);
    console.log(line(result));
  }
} finally {
  await stop();
}
const breaches = results.reduce((sum, result) => sum + result.breaches.length, 0);
console.log(
  [
    '',
    'attack'.padEnd(50) + 'tries'.padStart(9) + 'breaches'.padStart(10),
    ...results.map(line),
    '',
    `${breaches} breaches (seed ${seed})`,
  ].join('\n'),
);
process.exit(breaches === 0 && results.length > 0 ? 0 : 1);

function line({ name, tries, breaches: found, lacks }: AttackResult): string {
  return lacks === null
    ? name.padEnd(50) + String(tries).padStart(9) + String(found.length).padStart(10)
    : `${name.padEnd(50)} not tried: needs ${lacks}`;
}

async function openTarget(url: string | undefined) {
  if (url === undefined) return startOwnTarget(seed);
  const token = process.env['ATTACK_TOKEN'];
  if (token === undefined) throw new Error('ATTACK_TOKEN of an admin is needed for a given --url');
  const colleagueToken = process.env['ATTACK_COLLEAGUE_TOKEN'] ?? null;
  const foreignToken = process.env['ATTACK_FOREIGN_TOKEN'] ?? null;
  return {
    target: await openGivenTarget({ url, token, colleagueToken, foreignToken }),
    stop: async () => undefined,
  };
}
