import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const RULE = /^[-*\s]*\*{0,2}\[([A-Z]+\d+)\]/gm;

describe('every rule of a SPEC.md', () => {
  const files = trackedFiles();
  const testTexts = files
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(root, file), 'utf8'));

  for (const spec of files.filter((file) => file.endsWith('/SPEC.md'))) {
    it(`of ${dirname(spec)} has a test that names it`, () => {
      const rules = [...readFileSync(join(root, spec), 'utf8').matchAll(RULE)].map(([, id]) => `[${id}]`);
      expect(rules.length).toBeGreaterThan(0);
      expect(rules.filter((rule) => !testTexts.some((text) => text.includes(rule)))).toEqual([]);
    });
  }
});

function trackedFiles(): string[] {
  const out = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return out.trim().split('\n');
}
