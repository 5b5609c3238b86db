// `npm run simulate -- --seeds 20000 [--from 0]`: a long run; `--short` for days of a tenth of the acts, and so many more
// of them in the same time. `--seed 158` (or short-158) repeats one seed and says what was wrong.
import { readFile, writeFile } from 'node:fs/promises';
import { readCommandLine } from '#command/read-command.ts';
import { type FailedSeed, failedSeedsFile, readFailedSeeds } from './failed-seeds.ts';
import { printFigures } from './print-figures.ts';
import { SHORT } from './run-virtual.ts';
import { simulate } from './simulate.ts';

const { values } = readCommandLine({
  call: 'npm run simulate --',
  options: {
    seeds: { says: 'how many', default: 1000 },
    from: { says: 'number of the first', default: 0 },
    seed: { says: 'repeats this one alone, e.g. 158 or short-158, and says what was wrong' },
    threads: { says: 'at once; as many as there are cores unless told' },
    short: { says: 'days of a tenth of the acts, and so many more of them', isFlag: true },
  },
});
const TELL_EVERY = 1_000;

const figures = await simulate({
  seeds: values.seed === undefined ? values.seeds : [values.seed],
  from: values.from,
  prefix: values.short ? SHORT : '',
  ...(values.threads === undefined ? {} : { threads: Number(values.threads) }),
  onReport({ seed, violations, traceHash }, sofar) {
    if (values.seed !== undefined) console.log(`trace ${traceHash}`);
    if (violations.length > 0) {
      console.log(`seed ${seed} failed; npm run simulate -- --seed ${seed}`);
      for (const violation of violations.slice(0, 5)) console.log(`  ${violation.slice(0, 300)}`);
    }
    if (sofar.seeds % TELL_EVERY === 0) printFigures(sofar);
    return undefined;
  },
});
printFigures(figures);
if (figures.failed.length > 0) {
  await keep(figures.failed.map(({ seed, violations }) => ({ seed, found: violations[0] ?? '' })));
  process.exitCode = 1;
}

/** From now on they always run, until somebody who understood them gives them a better name. */
async function keep(failed: readonly FailedSeed[]): Promise<void> {
  const known = await readFailedSeeds();
  const fresh = failed.filter(({ seed }) => !known.some((one) => one.seed === seed));
  if (fresh.length === 0) return;
  const before = await readFile(failedSeedsFile, 'utf8');
  const after = `${JSON.stringify([...known, ...fresh], null, 2)}\n`;
  if (after !== before) await writeFile(failedSeedsFile, after);
  console.log(`kept in ${failedSeedsFile.pathname}: ${fresh.map(({ seed }) => seed).join(', ')}`);
}
