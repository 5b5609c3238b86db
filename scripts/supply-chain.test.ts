import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const settings = readFileSync(new URL('../pnpm-workspace.yaml', import.meta.url), 'utf8');
const lockfile = readFileSync(new URL('../pnpm-lock.yaml', import.meta.url), 'utf8');

it.each([
  'minimumReleaseAge: 4320',
  'minimumReleaseAgeStrict: true',
  'blockExoticSubdeps: true',
  'trustPolicy: no-downgrade',
  'strictDepBuilds: true',
])('%s', (line) => {
  expect(settings.split('\n')).toContain(line);
});

it('lets no install script run', () => {
  const [, list = ''] = /^allowBuilds:\n((?: {2}.*\n)+)/m.exec(settings) ?? [];
  const values = list
    .trim()
    .split('\n')
    .map((line) => line.split(': ')[1]);
  expect(values.length).toBeGreaterThan(5);
  expect(new Set(values)).toEqual(new Set(['false']));
});

it('takes no package from elsewhere than the registry, and each with its hash', () => {
  const resolutions = [...lockfile.matchAll(/^ {4}resolution: \{(.*)\}$/gm)].map(([, text = '']) => text);
  expect(resolutions.length).toBeGreaterThan(300);
  expect(
    resolutions.filter(
      (text) =>
        !text.startsWith('integrity: sha512-') || /tarball|repo|git/.test(text.replace(/sha512-\S+/, '')),
    ),
  ).toEqual([]);
});
