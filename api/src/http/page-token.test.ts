import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodePageToken, encodePageToken, pageOf } from './page-token.ts';

const ID = '0190a000-0000-7000-8000-000000000001';
const SHAPE = ['string', 'uuid'] as const;

test('a token comes back as the position it was made from', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }).filter((s) => !s.includes('\0')),
      fc.uuid(),
      (name, id) => {
        expect(decodePageToken('products', SHAPE, encodePageToken('products', [name, id]))).toEqual({
          ok: true,
          value: [name, id],
        });
      },
    ),
    { seed: 2 },
  );
});

test('no token is the first page', () => {
  expect(decodePageToken('products', SHAPE, '')).toEqual({ ok: true, value: null });
});

describe('refused', () => {
  test.each([
    ['of another list', encodePageToken('assets', ['a', ID])],
    ['too short', encodePageToken('products', ['a'])],
    ['too long', encodePageToken('products', ['a', ID, 1])],
    ['with a number for a text', encodePageToken('products', [1, ID])],
    ['with a text for an id', encodePageToken('products', ['a', "' OR 1=1"])],
    ['with a NUL', encodePageToken('products', ['a\0b', ID])],
    ['not base64', '%%%'],
    ['not JSON', Buffer.from('nonsense').toString('base64url')],
    ['with something after it', `${encodePageToken('products', ['a', ID])}!`],
  ])('a token %s', (_what, token) => {
    expect(decodePageToken('products', SHAPE, token)).toEqual({
      ok: false,
      error: { tag: 'bad_page_token', field: 'page_token' },
    });
  });

  test('an instant that is none', () => {
    for (const at of ['2026-02-30T00:00:00.000000Z', '2026-11-22', 'infinity']) {
      expect(decodePageToken('movements', ['instant'], encodePageToken('movements', [at])).ok).toBe(false);
    }
  });

  test('whatever else is sent', () => {
    fc.assert(
      fc.property(fc.string(), (token) => {
        const result = decodePageToken('products', SHAPE, token);
        expect(result.ok && result.value !== null).toBe(false);
      }),
      { seed: 3 },
    );
  });
});

test('a page ends where no row is left over', () => {
  expect(pageOf([1, 2, 3], 2, String)).toEqual({ rows: [1, 2], nextPageToken: '2' });
  expect(pageOf([1, 2], 2, String)).toEqual({ rows: [1, 2], nextPageToken: '' });
  expect(pageOf([], 2, String)).toEqual({ rows: [], nextPageToken: '' });
});
