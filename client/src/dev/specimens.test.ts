import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const here = import.meta.dirname;

test('every component of the kit is shown', () => {
  const shown = readdirSync(here)
    .filter((name) => name.endsWith('-specimens.tsx'))
    .map((name) => readFileSync(join(here, name), 'utf8'))
    .join('\n');
  const kit = readdirSync(join(here, '../ui')).filter((name) => name.endsWith('.tsx'));
  const missing = kit
    .map((name) => name.replace('.tsx', ''))
    .filter(
      (name) => !shown.includes(`#ui/${name}.tsx'`) || !new RegExp(`^  '?${name}'?: `, 'm').test(shown),
    );
  expect(missing).toEqual([]);
  expect(kit.length).toBeGreaterThan(25);
});
