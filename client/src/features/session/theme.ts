export const themes = ['dark', 'light', 'contrast'] as const;
export type Theme = (typeof themes)[number];

/** Read again before the first paint by public/theme.js. */
const STORAGE_KEY = 'eventkit.theme';

/** What the person chose on this device; dark otherwise. */
export function currentTheme(storage: Pick<Storage, 'getItem'>): Theme {
  const kept = storage.getItem(STORAGE_KEY);
  return themes.find((theme) => theme === kept) ?? 'dark';
}

export function applyTheme(theme: Theme): void {
  localStorage.setItem(STORAGE_KEY, theme);
  document.documentElement.dataset['theme'] = theme;
  const background = getComputedStyle(document.documentElement).backgroundColor;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', background);
}
