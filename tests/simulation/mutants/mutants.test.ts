import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { plant } from './mutant.ts';
import { mutants } from './mutants.ts';

const root = new URL('../../../', import.meta.url);

test.each(mutants)('$name still fits the product', async (mutant) => {
  const text = await readFile(new URL(mutant.file, root), 'utf8');
  expect(plant(mutant, text)).not.toBe(text);
});

test('there are forty and more, each with a name of its own', () => {
  expect(mutants.length).toBeGreaterThanOrEqual(40);
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
});
