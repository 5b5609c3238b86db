import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCode } from '#scanning/parse-code.ts';
import { BLANK_LETTERS, blankCode, blankPrefixOf } from './blank-code.ts';

const bytes = fc.uint8Array({ minLength: BLANK_LETTERS, maxLength: BLANK_LETTERS });

describe('the code of a blank label', () => {
  it('[LB8] is its prefix and eight letters that nobody mistakes, in two groups', () => {
    expect(blankCode('NL', new Uint8Array([0, 9, 10, 31, 32, 255, 18, 19]))).toBe('NL-09AZ-0ZJK');
    fc.assert(
      fc.property(bytes, (random) => {
        expect(blankCode('NL', random)).toMatch(/^NL-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
      }),
    );
  });

  it('[LB8] is another for other bytes, and comes through a scanner as it is', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const same = a.every((byte, index) => byte % 32 === (b[index] ?? 0) % 32);
        expect(blankCode('NL', a) === blankCode('NL', b)).toBe(same);
        expect(parseCode(blankCode('NL', a))).toEqual({ ok: true, value: blankCode('NL', a) });
      }),
    );
  });

  it('[LB8] fits the smallest codes: a prefix is short, in capitals, without spaces', () => {
    expect(blankPrefixOf(' nl ')).toBe('NL');
    expect(blankPrefixOf('NL-24')).toBe('NL-24');
    for (const wrong of ['', ' ', '-N', 'TOO-LONG-1', 'Ü', 'A B']) expect(blankPrefixOf(wrong)).toBeNull();
    expect(() => blankCode('NL', new Uint8Array(3))).toThrow('8 random bytes');
  });
});
