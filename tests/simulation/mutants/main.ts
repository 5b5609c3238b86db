// `npm run simulate:mutants [-- --only name,name]`: plants one bug after the other and tells how soon it is found.
import { parseArgs } from 'node:util';
import { simulate } from '#simulation/virtual/simulate.ts';
import { mutants } from './mutants.ts';

const { values } = parseArgs({
  options: { only: { type: 'string' }, seeds: { type: 'string', default: '50' } },
});
const wanted = values.only?.split(',');
const survivors: string[] = [];

for (const { name, breaks } of mutants) {
  if (wanted !== undefined && !wanted.includes(name)) continue;
  const found = await hunt(name);
  if (found === null) survivors.push(name);
  console.log(
    found === null
      ? `SURVIVED  ${name}: ${breaks}`
      : `caught    ${name} after ${found.seeds} seeds: ${breaks}\n            ${found.violation.slice(0, 160)}`,
  );
}
console.log(survivors.length === 0 ? 'every mutant was caught' : `survived: ${survivors.join(', ')}`);
process.exitCode = survivors.length === 0 ? 0 : 1;

async function hunt(mutant: string): Promise<{ seeds: number; violation: string } | null> {
  const { seeds, failed } = await simulate({
    seeds: Number(values.seeds),
    mutant,
    onReport: ({ violations }) => violations.length > 0,
  });
  const [first] = failed;
  return first === undefined ? null : { seeds, violation: first.violations[0] ?? '' };
}
