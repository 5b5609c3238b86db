// The inner loop: everything that can be said about the code without starting a server. Under a minute.
import { availableParallelism } from 'node:os';
import { runSteps, type Step } from './run-steps.ts';

const packages = [
  'shared',
  'proto',
  'database',
  'sync-server',
  'api',
  'client',
  'cli',
  'tests',
  'bench',
  'scripts',
];

const steps: Step[] = [
  { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  ...packages.map((name): Step => ({ name: `types of ${name}`, command: ['tsc', '-p', name] })),
  ...['shared', 'client'].map(
    (name): Step => ({
      name: `types of the tests of ${name}`,
      command: ['tsc', '-p', `${name}/tsconfig.test.json`],
    }),
  ),
  { name: 'dead code and dependencies', command: ['knip', '--no-progress'] },
  { name: 'licences of what ships', command: ['node', 'scripts/licences.ts'] },
  { name: 'wire: lint', command: ['buf', 'lint', 'proto'] },
  {
    name: 'wire: format',
    command: ['buf', 'format', '--diff', '--exit-code', '--path', 'proto/eventkit', 'proto'],
  },
  // Old devices keep sending old messages: what was released keeps its meaning (CONTRIBUTING.md, "The wire").
  {
    name: 'wire: nothing broken since the release',
    command: ['buf', 'breaking', 'proto', '--against', 'proto/released.binpb'],
  },
  { name: 'generated code is current', command: ['node', 'scripts/generate.ts', '--check'] },
  ...(process.argv.includes('--no-tests')
    ? []
    : [{ name: 'unit tests', command: ['vitest', 'run', '--project', 'unit'] } satisfies Step]),
];

const results = await runSteps(steps, Math.min(3, availableParallelism()));
const failed = results.filter((result) => !result.ok);
console.log(
  failed.length === 0
    ? 'check: all well'
    : `check: failed: ${failed.map((result) => result.name).join(', ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
