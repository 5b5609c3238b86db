import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { germanTexts } from '#i18n/de/texts.ts';
import { englishTexts } from '#i18n/en/texts.ts';
import { createFormat } from '#i18n/format.ts';
import type { Language } from '#i18n/language.ts';
import type { CheckOutDetail } from './check-out-detail.ts';
import { noteOf, type Speaker } from './say-check-out.ts';

async function speaker(language: Language): Promise<Speaker> {
  const i18n = i18next.createInstance();
  const translation = language === 'de' ? germanTexts : englishTexts;
  const t = await i18n.init({
    lng: language,
    resources: { [language]: { translation } },
    interpolation: { escapeValue: false },
  });
  return { t, format: createFormat(language, 'UTC') };
}

const assetId = 'asset' as AssetId;
const shelf = {
  kind: 'location',
  id: 'shelf' as never,
  code: 'B4-2',
  name: 'Shelf',
  caseCode: null,
} as const;
const good = {
  kind: 'ok',
  assetId,
  tally: { outCount: 10, wantedCount: 12 },
  from: shelf,
  contents: [],
  isFound: false,
  overrideReason: null,
} as const;

describe('the words of a check-out', () => {
  const cases: readonly (readonly [string, CheckOutDetail, string, string])[] = [
    ['a good scan', good, '10 of 12 · from B4-2', '10 von 12 · aus B4-2'],
    [
      'out of a case',
      { ...good, from: { ...shelf, caseCode: 'C-040' } },
      '10 of 12 · from case C-040',
      '10 von 12 · aus Case C-040',
    ],
    [
      'a case with its contents',
      { ...good, tally: null, contents: [{ productName: 'JDC1', count: 4 }] },
      'with 4 × JDC1',
      'mit 4 × JDC1',
    ],
    ['a found thing', { ...good, isFound: true }, 'was lost, now found', 'war verloren, jetzt gefunden'],
    [
      'already, by another',
      {
        kind: 'already',
        assetId,
        by: { name: 'Ben', isYou: false },
        at: '2026-11-22T14:02:00.000000Z' as Instant,
        caseCode: null,
      },
      'by Ben, 14:02',
      'von Ben, 14:02',
    ],
    [
      'out to another event',
      {
        kind: 'wrong_event',
        assetId,
        why: 'other_event',
        tally: null,
        from: { kind: 'event', id: 'event' as never, name: 'Alpina', backAt: null, caseCode: null },
      },
      'is on Alpina',
      'ist auf Alpina',
    ],
    ['an unknown code', { kind: 'no_label' }, 'kept as a sighting', 'als Sichtung behalten'],
    [
      'garbage',
      { kind: 'not_a_code', why: 'too_long', length: 10_240, shown: 'x' },
      'not a code',
      'kein Code',
    ],
  ];
  it.each(cases)('%s', async (_, detail, english, german) => {
    expect(noteOf(await speaker('en'), detail)).toBe(english);
    expect(noteOf(await speaker('de'), detail)).toBe(german);
  });
});
