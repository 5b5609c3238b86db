import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/property-runs.ts';
import { isUuid, uuidV7 } from './ids.ts';

const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe('uuidV7', () => {
  it('is the example of RFC 9562', () => {
    const random = Uint8Array.from([0x0c, 0xc3, 0x98, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
    expect(uuidV7(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  it('is canonical text of version 7 and the RFC’s variant, and sorts by time', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), bytes, bytes, (a, b, left, right) => {
        const [earlier, later] = [Math.min(a, b) % 2 ** 48, Math.max(a, b) % 2 ** 48];
        const id = uuidV7(earlier, left);
        expect(isUuid(id)).toBe(true);
        expect(id[14]).toBe('7');
        expect('89ab').toContain(id[19]);
        if (earlier < later) expect(id < uuidV7(later, right)).toBe(true);
      }),
      runs(500),
    );
  });
});

describe('isUuid', () => {
  it('takes lower-case canonical text only', () => {
    expect(isUuid('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')).toBe(true);
    for (const text of [
      '017F22E2-79B0-7CC3-98C4-DC0C0C07398F',
      '{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}',
      '017f22e279b07cc398c4dc0c0c07398f',
      '017f22e2-79b0-7cc3-98c4-dc0c0c07398f\n',
      '',
    ]) {
      expect(isUuid(text)).toBe(false);
    }
  });
});
