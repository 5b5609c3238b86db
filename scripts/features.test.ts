import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

it('every proof that docs/features.md names is there', () => {
  const rows = readFileSync(join(root, 'docs/features.md'), 'utf8').split('\n');
  const named = rows.flatMap((row) =>
    [...row.matchAll(/`([^`\s]+\/[^`\s]+)`/g)].map(([, path]) => path ?? ''),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => globSync(path, { cwd: root }).length === 0)).toEqual([]);
});

it('every proof that docs/security.md names is there', () => {
  const text = readFileSync(join(root, 'docs/security.md'), 'utf8');
  const named = [...text.matchAll(/`([^`\s]+\.[a-z]+)`/g)].map(([, path]) => path ?? '');
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((path) => globSync(path, { cwd: root }).length === 0)).toEqual([]);
});

it('what docs/features.md says works names a proof', () => {
  const rows = readFileSync(join(root, 'docs/features.md'), 'utf8').split('\n');
  const working = rows.filter((row) => /^\| [^|]+ \| works/.test(row));
  expect(working.length).toBeGreaterThan(10);
  expect(working.filter((row) => !/\| [^|]*(`|the main job)[^|]*\|$/.test(row))).toEqual([]);
});
