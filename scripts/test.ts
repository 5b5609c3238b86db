// Everything: what `check` says, then tests against the real parts, then the built app in a real browser.
// `npm test -- --only unit,integration,simulation,e2e` runs a part.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bringChromium } from './find-chromium.ts';
import { runLive, type Step, type StepResult } from './run-steps.ts';

type Counts = { passed: number; failed: number };

const { values } = parseArgs({
  options: { only: { type: 'string', default: 'check,unit,integration,simulation,e2e' } },
});
const parts = new Set(values.only.split(','));
const scratch = mkdtempSync(join(tmpdir(), 'eventkit-test-'));
const counts: Counts = { passed: 0, failed: 0 };
const broken: StepResult[] = [];
/** Where a step sums up what it found. */
const LAST_LINES = 80;

if (parts.has('check')) await step({ name: 'check', command: ['node', 'scripts/check.ts', '--no-tests'] });
const projects = ['unit', 'integration', 'simulation'].filter((name) => parts.has(name));
if (projects.length > 0) await vitest(projects);
if (parts.has('e2e')) {
  process.env['CHROMIUM'] = bringChromium();
  if (await step({ name: 'build the app', command: ['vite', 'build'] })) await playwright();
}

rmSync(scratch, { recursive: true, force: true });
for (const { name, output } of broken) {
  console.log(
    `\n--- ${name} failed, and said at its end:\n${output.split('\n').slice(-LAST_LINES).join('\n')}`,
  );
}
if (broken.length > 0) console.log(`\nfailed: ${broken.map(({ name }) => name).join(', ')}`);
console.log(
  `tests: ${counts.passed} passed, ${counts.failed + (counts.failed === 0 ? broken.length : 0)} failed`,
);
process.exitCode = broken.length === 0 && counts.failed === 0 && counts.passed > 0 ? 0 : 1;

async function step(each: Step): Promise<boolean> {
  const result = await runLive(each);
  if (!result.ok) broken.push(result);
  return result.ok;
}

async function vitest(names: readonly string[]): Promise<void> {
  const report = join(scratch, 'vitest.json');
  await step({
    name: names.join(', '),
    command: [
      'vitest',
      'run',
      // Two cores; by itself it leaves one to others.
      '--maxWorkers=2',
      ...names.flatMap((name) => ['--project', name]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
  });
  const result = JSON.parse(readFileSync(report, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
  };
  counts.passed += result.numPassedTests;
  counts.failed += result.numFailedTests;
}

async function playwright(): Promise<void> {
  const report = join(scratch, 'playwright.json');
  process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] = report;
  await step({ name: 'end to end in Chromium', command: ['playwright', 'test', '--reporter=list,json'] });
  const { stats } = JSON.parse(readFileSync(report, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number };
  };
  counts.passed += stats.expected;
  counts.failed += stats.unexpected + stats.flaky;
}
