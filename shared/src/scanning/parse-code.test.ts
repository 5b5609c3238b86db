import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/property-runs.ts';
import { MAX_CODE_LENGTH, parseCode } from './parse-code.ts';

describe('parseCode', () => {
  it.each([
    ['as it is', 'A-0412', 'A-0412'],
    ['spaces around', '  A-0412\t', 'A-0412'],
    ['spaces inside', 'A 0412', 'A 0412'],
    ['the Enter of a wedge', 'A-0412\r\n', 'A-0412'],
    ['STX and ETX', '\u0002A-0412\u0003', 'A-0412'],
    ['an AIM identifier', ']C1A-0412', 'A-0412'],
    ['an AIM identifier after STX', '\u0002]Q3 A-0412', 'A-0412'],
    ['FNC1 between parts', ']C1\u001d0104012345\u001d21A', '010401234521A'],
    ['a byte order mark', '\ufeffA-0412', 'A-0412'],
    ['zero-width marks', 'A\u200b-04\u200d12', 'A-0412'],
    ['upper and lower case', 'a-0412B', 'a-0412B'],
    ['a bracket that is no identifier', ']-0412', ']-0412'],
    ['half a character', 'A\ud800', 'A\ufffd'],
  ])('[SC1] %s', (_, delivered, code) => {
    expect(parseCode(delivered)).toEqual({ ok: true, value: code });
  });

  it.each(['', '   ', '\r\n', ']C1', '\u0000\u0000', '\u200b'])('[SC2] nothing left of %j', (delivered) => {
    expect(parseCode(delivered)).toEqual({ ok: false, error: { kind: 'empty' } });
  });

  it('[SC2] counts characters as people do, up to 512', () => {
    expect(parseCode('🎚'.repeat(MAX_CODE_LENGTH)).ok).toBe(true);
    const tooLong = { ok: false, error: { kind: 'too_long', maxLength: 512 } };
    expect(parseCode('🎚'.repeat(MAX_CODE_LENGTH + 1))).toEqual(tooLong);
    expect(parseCode('x'.repeat(10_240))).toEqual(tooLong);
    expect(parseCode(`${' '.repeat(1_000)}A-0412`).ok).toBe(true);
  });

  it('[SC1] [SC2] yields what the wire and the database take, whatever is delivered', () => {
    const noise = fc.string({ unit: 'binary', maxLength: 700, size: 'max' });
    fc.assert(
      fc.property(noise, (delivered) => {
        const parsed = parseCode(delivered);
        if (!parsed.ok) return;
        expect(parsed.value.isWellFormed()).toBe(true);
        expect(parsed.value).not.toMatch(/\p{Cc}/u);
        expect([...parsed.value].length).toBeLessThanOrEqual(MAX_CODE_LENGTH);
        expect(parsed.value).toBe(parsed.value.trim());
        expect(parsed.value).not.toBe('');
      }),
      runs(500),
    );
  });
});
