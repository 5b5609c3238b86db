import { expect, test } from 'vitest';
import { currentTheme, themeOf } from './theme.ts';

const storageWith = (value: string | null) => ({ getItem: () => value });
const set =
  (...queries: readonly string[]) =>
  (asked: string) => ({
    matches: queries.some((query) => asked.includes(query)),
  });

test('dark is what nobody chose, and what is not known any more', () => {
  expect(currentTheme(storageWith(null))).toBe('dark');
  expect(currentTheme(storageWith('sepia'))).toBe('dark');
  expect(currentTheme(storageWith('system'))).toBe('system');
});

test('as the device is set: contrast before light before dark', () => {
  expect(themeOf('system', set('contrast', 'light'))).toBe('contrast');
  expect(themeOf('system', set('light'))).toBe('light');
  expect(themeOf('system', set())).toBe('dark');
});

test('what was chosen stays, however the device is set', () => {
  expect(themeOf('dark', set('light', 'contrast'))).toBe('dark');
});
