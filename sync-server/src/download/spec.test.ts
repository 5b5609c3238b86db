import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every rule of SPEC.md has a test, and every id in a title is a rule', () => {
  const root = new URL('..', import.meta.url).pathname;
  const rules = [...readFileSync(`${root}/download/SPEC.md`, 'utf8').matchAll(/\*\*(SY\d+)\*\*/g)].map(
    ([, id]) => id,
  );
  const tests = globSync(`${root}/{config,replication,oplog,download}/*.test.ts`).map((file) =>
    readFileSync(file, 'utf8'),
  );
  const tested = new Set(tests.flatMap((source) => [...source.matchAll(/\[(SY\d+)\]/g)].map(([, id]) => id)));
  expect(rules.length).toBeGreaterThan(20);
  expect([...tested].toSorted()).toEqual(rules.toSorted());
});
