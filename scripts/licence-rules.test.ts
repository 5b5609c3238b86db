import { readFileSync } from 'node:fs';
import { expect, it, test } from 'vitest';
import { isAllowed, readAllowedLicences } from './licence-rules.ts';

const allowed = new Set(['MIT', 'Apache-2.0', 'BSD-3-Clause']);

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0-only)', true],
  ['GPL-3.0-only OR MIT', true],
  ['(Apache-2.0 AND BSD-3-Clause)', true],
  ['(MIT OR GPL-2.0) AND Apache-2.0', true],
  ['MIT AND GPL-3.0-only', false],
  ['GPL-3.0-only', false],
  ['AGPL-3.0 OR SSPL-1.0', false],
  ['FSL-1.1-ALv2', false],
  ['Unknown', false],
  ['SEE LICENSE IN LICENSE', false],
  ['MIT Apache-2.0', false],
  ['(MIT', false],
  ['', false],
])('%s: %s', (expression, expected) => {
  expect(isAllowed(expression, allowed)).toBe(expected);
});

it('the decision names them', () => {
  const text = readFileSync(new URL('../docs/decisions/0005-licences.md', import.meta.url), 'utf8');
  expect([...readAllowedLicences(text)]).toEqual(
    expect.arrayContaining(['Apache-2.0', 'MIT', 'OFL-1.1', 'Unlicense']),
  );
  expect(() => readAllowedLicences('nothing')).toThrow('names none');
});
