import { expect, test } from 'vitest';
import { matchesWords } from './match-words.ts';

test.each([
  ['Held, in repair', 'rep', true],
  ['Held, in repair', 'in held', true],
  ['Held, in repair', 'epair', false],
  ['Rücknahme', 'ruck', true],
  ['Rücknahme', 'RÜCK', true],
  ['Who changed what', 'who left', false],
  ['Today', '  ', true],
])('"%s" and "%s": %s', (said, text, expected) => {
  expect(matchesWords(said, text)).toBe(expected);
});
