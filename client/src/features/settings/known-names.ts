import type { Language } from '#i18n/language.ts';

export type Named = { readonly code: string; readonly name: string };

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Regions that Intl names and nobody has a company in: unions, test codes, islands without a code of their own. */
const NO_COUNTRIES = new Set([
  'AC',
  'CP',
  'CQ',
  'DG',
  'EA',
  'EU',
  'EZ',
  'IC',
  'QO',
  'TA',
  'UN',
  'XA',
  'XB',
  'ZZ',
]);
/** A Monday. */
const MONDAY_MS = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** Every country by its name, each under the code that it has now. */
export function countries(language: Language): readonly Named[] {
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => `${first}${second}`));
  return byName(
    language,
    codes.flatMap((code) => {
      const name = NO_COUNTRIES.has(code) ? undefined : names.of(code);
      const isCurrent = new Intl.Locale(`und-${code}`).region === code;
      return name === undefined || !isCurrent ? [] : [{ code, name }];
    }),
  );
}

/** Every currency by its name. */
export function currencies(language: Language): readonly Named[] {
  const names = new Intl.DisplayNames(language, { type: 'currency' });
  return byName(
    language,
    Intl.supportedValuesOf('currency').map((code) => ({ code, name: names.of(code) ?? code })),
  );
}

/** The name of a day, 1 for Monday to 7. */
export function weekdayName(language: Language, day: number, width: 'short' | 'long'): string {
  const format = new Intl.DateTimeFormat(language, { weekday: width, timeZone: 'UTC' });
  return format.format(MONDAY_MS + (day - 1) * DAY_MS);
}

function byName(language: Language, named: readonly Named[]): readonly Named[] {
  const { compare } = new Intl.Collator(language);
  return named.toSorted((a, b) => compare(a.name, b.name));
}
