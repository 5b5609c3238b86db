import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const table = read('docs/conflict-rules.md');

it('every class of conflict has a row in docs/conflict-rules.md', () => {
  const types = /export type (?:Asset|Subject)?ConflictClass =[^;]+;/g;
  const classes = new Set(
    [...read('shared/src/ledger/conflict.ts').matchAll(types)].flatMap(([type]) =>
      [...type.matchAll(/'([a-z_]+)'/g)].map(([, name]) => name ?? ''),
    ),
  );
  expect(classes.size).toBeGreaterThan(5);
  expect([...classes].filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
});

it('every test that docs/conflict-rules.md names is there', () => {
  const named = [...table.matchAll(/`([^`\s]+\.ts)`/g)].map(([, path]) => path ?? '');
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((path) => globSync(path, { cwd: root }).length === 0)).toEqual([]);
});
