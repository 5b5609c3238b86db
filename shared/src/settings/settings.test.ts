import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompanySettings } from './company-settings.ts';
import { documentNumber, faultOfPattern } from './document-number.ts';
import { letteringOn } from './lettering-on.ts';
import { quotaState } from './quota-state.ts';
import { settingsFaults } from './settings-faults.ts';
import { isVatId } from './vat-id.ts';

const settings: CompanySettings = {
  ...{ name: 'Bühne & Ton', address: 'Hafenstraße 1\n1020 Wien', country: 'AT', vatId: 'ATU13585627' },
  ...{
    taxNumber: '',
    currency: 'EUR',
    locale: 'de',
    timeZone: 'Europe/Vienna',
    workingDays: [1, 2, 3, 4, 5],
  },
  ...{ firstDayOfWeek: 1, brandColour: '#1f1f1c', mailSenderName: '', offlineLeaseHours: 72, trashDays: 30 },
  auditYears: 7,
  numberPatterns: {
    quote: 'QU-{YYYY}-{0000}',
    order: '{00000}',
    deliveryNote: '{YY}/{MM}/{000}',
    invoice: 'R{0}',
  },
  quotas: { people: null, devices: null, assets: null, storageMegabytes: null },
};
const faultsOf = (change: Partial<CompanySettings>) =>
  settingsFaults({ ...settings, ...change }).map(({ field, rule }) => `${field}: ${rule}`);

describe('VAT ids', () => {
  it.each([
    ['AT', 'ATU13585627'],
    ['AT', 'atu 1358 5627'],
    ['DE', 'DE 136 695 976'],
    ['CH', 'CHE-100.155.212 MWST'],
    ['CH', 'CHE100155212'],
    ['GR', 'EL123456789'],
    ['NL', 'NL123456789B01'],
    ['NO', '123456789MVA'],
    ['US', 'whatever they have'],
  ])('[CS1] of %s: %s is one', (country, text) => expect(isVatId(country, text)).toBe(true));

  it.each([
    ['AT', 'ATU13585628'],
    ['AT', 'DE136695976'],
    ['AT', 'ATU1358562'],
    ['DE', 'DE136695975'],
    ['DE', 'DE13669597X'],
    ['CH', 'CHE-100.155.213'],
    ['GR', 'GR123456789'],
    ['FR', 'FRIO123456789'],
    ['AT', ''],
  ])('[CS1] of %s: %s is none', (country, text) => expect(isVatId(country, text)).toBe(false));

  it.each([
    ['AT', 'ATU13585627', 4],
    ['DE', 'DE136695976', 2],
    ['CH', 'CHE100155212', 3],
  ])('[CS1] of %s: one wrong digit is always noticed', (country, text, first) => {
    for (let place = first; place < text.length; place += 1) {
      for (let digit = 0; digit <= 9; digit += 1) {
        const other = `${text.slice(0, place)}${digit}${text.slice(place + 1)}`;
        expect(isVatId(country, other), other).toBe(other === text);
      }
    }
  });
});

describe('patterns of document numbers', () => {
  const june = { year: 2026, month: 6, count: 42 };

  it.each([
    ['QU-{YYYY}-{0000}', 'QU-2026-0042'],
    ['{YY}/{MM}/{000}', '26/06/042'],
    ['Angebot Nr. {0}', 'Angebot Nr. 42'],
  ])('[CS2] %s makes %s', (pattern, number) => {
    expect(faultOfPattern(pattern)).toBeNull();
    expect(documentNumber(pattern, june)).toBe(number);
  });

  it.each([
    ['QU-{YYYY}', 'counter'],
    ['{000}-{000}', 'counter'],
    ['', 'counter'],
    ['{yyyy}-{000}', 'text'],
    ['{0000', 'text'],
    ['QU:{000}', 'text'],
    ['A\n{000}', 'text'],
    ['<b>{000}', 'text'],
    ['{000000000}', 'text'],
  ] as const)('[CS2] %j is refused for its %s', (pattern, fault) => {
    expect(faultOfPattern(pattern)).toBe(fault);
  });

  it('[CS2] two documents never get one number', () => {
    const part = fc.constantFrom('A', '-', '{YYYY}', '{YY}', '{MM}', '/', ' ');
    fc.assert(
      fc.property(
        fc.array(part),
        fc.array(part),
        fc.integer({ min: 1, max: 8 }),
        fc.nat(),
        fc.nat(),
        (...drawn) => {
          const [before, after, width, a, b] = drawn;
          const pattern = [...before, `{${'0'.repeat(width)}}`, ...after].join('');
          expect(faultOfPattern(pattern)).toBeNull();
          const numberOf = (count: number) => documentNumber(pattern, { year: 2026, month: 6, count });
          expect(numberOf(a) === numberOf(b)).toBe(a === b);
        },
      ),
    );
  });

  it('[CS3] a count that outgrows its pattern stays whole', () => {
    expect(documentNumber('{000}', { year: 2026, month: 6, count: 12_345 })).toBe('12345');
  });
});

it.each([
  [79, 100, 'ok'],
  [80, 100, 'near'],
  [99, 100, 'near'],
  [100, 100, 'over'],
  [101, 100, 'over'],
  [4, 5, 'near'],
  [0, 1, 'ok'],
  [1_000_000, null, 'none'],
] as const)('[CS4] %d of %s is %s', (used, quota, state) => {
  expect(quotaState(used, quota)).toBe(state);
});

it.each([
  ['AT', 7, []],
  ['AT', 6, ['auditYears: audit_years.lawful']],
  ['DE', 9, ['auditYears: audit_years.lawful']],
  ['FR', 10, []],
] as const)('[CS5] in %s the trail is kept for %d years: %j', (country, auditYears, faults) => {
  expect(faultsOf({ country, auditYears, vatId: '' })).toEqual(faults);
});

it.each([
  [{ country: 'ZZZ', vatId: '', auditYears: 10 }, 'country: country.known'],
  [{ country: 'QX', vatId: '', auditYears: 10 }, 'country: country.known'],
  [{ currency: 'XYZ' }, 'currency: currency.known'],
  [{ timeZone: 'Europe/Atlantis' }, 'timeZone: time_zone.known'],
  [{ timeZone: '+02:00' }, 'timeZone: time_zone.known'],
  [{ name: '  ' }, 'name: name.missing'],
])('[CS6] %j is refused', (change, fault) => {
  expect(faultsOf(change)).toEqual([fault]);
});

it('[CS7] everything that is wrong is told at once', () => {
  expect(faultsOf({})).toEqual([]);
  const numberPatterns = { ...settings.numberPatterns, order: 'no counter', invoice: '{x}' };
  expect(faultsOf({ vatId: 'ATU1', timeZone: 'Nowhere', numberPatterns })).toEqual([
    'vatId: vat_id.format',
    'timeZone: time_zone.known',
    'numberPatterns.order: number_pattern.counter',
    'numberPatterns.invoice: number_pattern.text',
  ]);
});

it('[CS8] lettering on any colour has the contrast that reading asks for', () => {
  const byte = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(byte, byte, byte, (...parts) => {
      const colour = `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
      const [red, green, blue] = parts.map((part) =>
        part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      ) as [number, number, number];
      const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      const contrast = letteringOn(colour) === '#000000' ? (light + 0.05) / 0.05 : 1.05 / (light + 0.05);
      expect(contrast).toBeGreaterThan(4.5);
    }),
  );
});
