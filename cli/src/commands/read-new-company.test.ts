import { describe, expect, test } from 'vitest';
import { readNewCompany } from './read-new-company.ts';

const typed = { name: 'Bühne & Ton GmbH', 'admin-email': ' Lea@Buehne.Example ', 'admin-name': 'Lea  Huber' };

test('what is left out has defaults; the slug and the address are in one spelling', () => {
  expect(readNewCompany(typed)).toEqual({
    ok: true,
    value: {
      ...{ name: 'Bühne & Ton GmbH', slug: 'buehne-ton-gmbh', locale: 'en', timeZone: 'Europe/Vienna' },
      currency: 'EUR',
      admin: { name: 'Lea Huber', email: 'lea@buehne.example' },
    },
  });
});

test.each([
  ['Café Électrique', 'cafe-electrique'],
  ['  3 Phasen ', '3-phasen'],
  ['Größe/Weiß', 'groesse-weiss'],
])('the slug of %s', (name, slug) => {
  expect(readNewCompany({ ...typed, name })).toMatchObject({ value: { slug } });
});

test('a time zone may be typed in any case', () => {
  expect(readNewCompany({ ...typed, 'time-zone': 'america/new_york' })).toMatchObject({
    value: { timeZone: 'America/New_York' },
  });
});

describe('every problem names its option', () => {
  test.each([
    [{ ...typed, name: ' ' }, '--name'],
    [{ ...typed, name: '灯光' }, '--name'],
    [{ ...typed, name: 'x'.repeat(101) }, '--name'],
    [{ ...typed, 'admin-name': 'a\u0000b' }, '--admin-name'],
    [{ ...typed, 'admin-email': 'lea' }, '--admin-email'],
    [{ ...typed, 'admin-email': 'lea@host' }, '--admin-email'],
    [{ ...typed, 'admin-email': 'a b@example.com' }, '--admin-email'],
    [{ ...typed, name: 'Nοrdlicht' }, '--name'],
    [{ ...typed, currency: 'ABC' }, '--currency'],
    [{ ...typed, locale: 'fr' }, '--locale'],
    [{ ...typed, 'time-zone': 'Vienna' }, '--time-zone'],
  ])('%j', (options, name) => {
    const read = readNewCompany(options);
    expect(read.ok ? [] : read.error).toEqual([expect.stringContaining(name)]);
  });

  test('all at once', () => {
    const read = readNewCompany({});
    expect(read.ok ? [] : read.error).toHaveLength(3);
  });
});
