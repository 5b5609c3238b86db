import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const RULE = /^- \*\*\[([A-Z]+\d+)\]\*\*/gm;
/** Ids stand at the beginning of a title, in whichever form the test is written. */
const TITLE = /['"`]((?:\[[A-Z]+\d+\]\s?)+)/g;

/** Titles of checks that a test runs one by one, and `npm run conformance` against any server. */
const CONFORMANCE = 'tests/conformance/rules/';

describe('the rules of every SPEC.md', () => {
  const files = trackedFiles();
  const specs = files.filter((file) => file.endsWith('/SPEC.md'));
  const rules = specs.flatMap((file) => idsIn(textOf(file), RULE));
  const titles = files
    .filter((file) => file.endsWith('.test.ts') || file.startsWith(CONFORMANCE))
    .flatMap((file) => idsIn(textOf(file), TITLE));

  it('are numbered once, and there are some in each', () => {
    expect(rules).toEqual([...new Set(rules)]);
    expect(specs.filter((file) => idsIn(textOf(file), RULE).length === 0)).toEqual([]);
  });

  it('stand in the title of a test, each of them', () => {
    expect(rules.filter((rule) => !titles.includes(rule))).toEqual([]);
  });

  it('are the only ones that titles speak of', () => {
    expect(titles.filter((title) => !rules.includes(title))).toEqual([]);
  });
});

function idsIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([found]) => found.match(/[A-Z]+\d+/g) ?? []);
}

function trackedFiles(): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard'];
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim().split('\n');
}

function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
