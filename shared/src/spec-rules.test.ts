import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const source = import.meta.dirname;

describe('every rule of a SPEC.md', () => {
  const specs = globSync('*/SPEC.md', { cwd: source });

  it('is found at all', () => {
    expect(specs.length).toBeGreaterThanOrEqual(4);
  });

  it.each(specs)('%s is numbered once and stands in the title of a test beside it', (spec) => {
    const rules = [...readFileSync(join(source, spec), 'utf8').matchAll(/\*\*\[([A-Z]+\d+)\]\*\*/g)].map(
      ([, rule]) => rule ?? '',
    );
    expect(rules.length).toBeGreaterThan(0);
    expect(rules).toEqual([...new Set(rules)]);
    const tests = globSync('*.test.ts', { cwd: join(source, dirname(spec)) })
      .map((file) => readFileSync(join(source, dirname(spec), file), 'utf8'))
      .join('\n');
    const named = new Set([...titlesIn(tests).matchAll(/\[([A-Z]+\d+)\]/g)].map(([, rule]) => rule));
    expect(rules.filter((rule) => !named.has(rule))).toEqual([]);
    expect([...named].filter((rule) => !rules.includes(rule ?? ''))).toEqual([]);
  });
});

/** The string literals that begin with a rule: titles, in whichever form the test is written. */
function titlesIn(tests: string): string {
  return [...tests.matchAll(/['"`](\[[A-Z]+\d+\][^\n]*)/g)].map(([, title]) => title).join('\n');
}
