import { describe, expect, it } from 'vitest';
import { bytesOfHex, hexOf } from './hex.ts';

describe('bytes as hexadecimal text', () => {
  it('go there and come back', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, value) => value);
    expect(hexOf(bytes)).toMatch(/^000102.*fdfeff$/);
    expect(bytesOfHex(hexOf(bytes))).toEqual(bytes);
    expect(hexOf(new Uint8Array())).toBe('');
  });
});
