export const themes = ['dark', 'light', 'contrast'] as const;
export type Theme = (typeof themes)[number];

export const themeChoices = [...themes, 'system'] as const;
/** `system`: as the device itself is set, also when that changes. */
export type ThemeChoice = (typeof themeChoices)[number];

/** What of `matchMedia` is asked. */
export type Media = (query: string) => Pick<MediaQueryList, 'matches'>;

/** Read again before the first paint by public/theme.js. */
const STORAGE_KEY = 'eventkit.theme';
const MORE_CONTRAST = '(prefers-contrast: more)';
const LIGHT = '(prefers-color-scheme: light)';

/** What the person chose on this device; dark otherwise. */
export function currentTheme(storage: Pick<Storage, 'getItem'>): ThemeChoice {
  const kept = storage.getItem(STORAGE_KEY);
  return themeChoices.find((choice) => choice === kept) ?? 'dark';
}

export function themeOf(choice: ThemeChoice, media: Media): Theme {
  if (choice !== 'system') return choice;
  if (media(MORE_CONTRAST).matches) return 'contrast';
  return media(LIGHT).matches ? 'light' : 'dark';
}

export function applyTheme(choice: ThemeChoice): void {
  localStorage.setItem(STORAGE_KEY, choice);
  showTheme(choice);
}

/** Once, at the start: a device that changes with the daylight takes the app along, where that was chosen. */
export function followSystemTheme(): void {
  const follow = () => showTheme(currentTheme(localStorage));
  for (const query of [LIGHT, MORE_CONTRAST]) window.matchMedia(query).addEventListener('change', follow);
}

function showTheme(choice: ThemeChoice): void {
  document.documentElement.dataset['theme'] = themeOf(choice, (query) => window.matchMedia(query));
  const background = getComputedStyle(document.documentElement).backgroundColor;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', background);
}
