export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

const STORAGE_KEY = 'eventkit.language';

/** The first of the preferred BCP 47 tags that the app speaks; English when none is. */
export function pickLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const found = languages.find((language) => tag.toLowerCase().split('-')[0] === language);
    if (found !== undefined) return found;
  }
  return 'en';
}

/** What the person chose on this device, else what the browser prefers. */
export function currentLanguage(storage: Pick<Storage, 'getItem'>, browser: readonly string[]): Language {
  const chosen = storage.getItem(STORAGE_KEY);
  return pickLanguage(chosen === null ? browser : [chosen, ...browser]);
}

export function keepLanguage(storage: Pick<Storage, 'setItem'>, language: Language): void {
  storage.setItem(STORAGE_KEY, language);
}
