import { describe, expect, test } from 'vitest';
import { currentLanguage, pickLanguage } from './language.ts';

describe('language', () => {
  test('takes the first preferred tag that the app speaks, whatever its region', () => {
    expect(pickLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de');
    expect(pickLanguage(['fr-FR', 'it'])).toBe('en');
    expect(pickLanguage([])).toBe('en');
  });

  test('what the person chose goes before what the browser prefers', () => {
    expect(currentLanguage({ getItem: () => 'en' }, ['de'])).toBe('en');
    expect(currentLanguage({ getItem: () => null }, ['de'])).toBe('de');
    expect(currentLanguage({ getItem: () => 'klingon' }, ['de'])).toBe('de');
  });
});
