import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('every rule of SPEC.md has a test, and every id in a title is a rule', () => {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const idsIn = (source: string, pattern: RegExp) => [...source.matchAll(pattern)].map(([, id]) => id);
  const rules = idsIn(readFileSync(`${folder}/SPEC.md`, 'utf8'), /\*\*\[(UP\d+)\]\*\*/g);
  const titles = globSync(`${folder}/*.test.ts`).flatMap((file) =>
    idsIn(readFileSync(file, 'utf8'), /\[(UP\d+)\]/g),
  );
  expect(rules.length).toBeGreaterThan(10);
  expect([...new Set(titles)].toSorted()).toEqual(rules.toSorted());
});
