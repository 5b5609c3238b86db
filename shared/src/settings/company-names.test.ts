import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { companySlug } from './company-slug.ts';
import { lookOf, pretends } from './look-alike.ts';

describe('short names', () => {
  it.each([
    ['Bühne & Ton GmbH', 'buehne-ton-gmbh'],
    ['Café Électrique', 'cafe-electrique'],
    ['灯光', ''],
  ])('[CS9] of %s', (name, slug) => {
    expect(companySlug(name)).toBe(slug);
  });

  it('[CS9] are letters, digits and single dashes, and their own short names, whatever they are made from', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const slug = companySlug(name);
        expect(slug).toMatch(/^([a-z0-9]+(-[a-z0-9]+)*)?$/);
        expect(companySlug(slug)).toBe(slug);
      }),
    );
  });
});

describe('names', () => {
  it.each([
    ['Nοrdlicht', 'a Greek o'],
    ['Nordliсht', 'a Cyrillic c'],
    ['Nord\u200blicht', 'a space of no width'],
    ['\u202etnevE', 'right to left'],
    ['Event\nRental', 'two lines'],
  ])('[CS10] %j pretends: %s', (name) => {
    expect(pretends(name)).toBe(true);
  });

  it.each(['Nordlicht Rental', 'Bühne & Ton', 'Ночь', 'Φως Rental', 'Ångström Ø 3', '灯光 Light'])(
    '[CS10] %s is what it looks like',
    (name) => {
      expect(pretends(name)).toBe(false);
    },
  );

  it('[CS10] that look alike are told', () => {
    expect(lookOf('n0rdlicht')).toBe(lookOf('nordlicht'));
    expect(lookOf('nordl1cht')).toBe(lookOf('nordlicht'));
    expect(lookOf('nord-licht')).toBe(lookOf('nordlicht'));
    expect(lookOf('harnburg')).toBe(lookOf('hamburg'));
    expect(lookOf('nordlicht')).not.toBe(lookOf('suedlicht'));
    fc.assert(fc.property(fc.string(), (text) => lookOf(lookOf(text)).length <= text.length));
  });
});
