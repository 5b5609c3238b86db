import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from './language.ts';
import { type LateFeature, lateTexts } from './late-texts.ts';

/** Loads one language (each is a file of its own, kept offline) and makes it the app's. */
export async function startI18n(language: Language): Promise<void> {
  const translation = await loadTexts(language);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: language,
    resources: { [language]: { translation } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  tellPage(language);
}

/** Those whose screens were asked for: a change of language brings them along. */
const asked = new Set<LateFeature>();

/** Texts that come with their screens instead of with the start; awaited before such a screen is drawn. */
export async function addLateTexts(features: readonly LateFeature[]): Promise<void> {
  for (const feature of features) asked.add(feature);
  await join(i18next.language as Language, features);
}

/** Changes the language in place; nothing on the screen is lost. */
export async function changeLanguage(language: Language): Promise<void> {
  i18next.addResourceBundle(language, 'translation', await loadTexts(language));
  await join(language, [...asked]);
  await i18next.changeLanguage(language);
  tellPage(language);
}

function tellPage(language: Language): void {
  document.documentElement.lang = language;
  document.documentElement.dir = i18next.dir(language);
}

async function join(language: Language, features: readonly LateFeature[]): Promise<void> {
  const texts = await Promise.all(features.map((feature) => lateTexts[feature][language]()));
  for (const one of texts) i18next.addResourceBundle(language, 'translation', one, true);
}

async function loadTexts(language: Language) {
  return language === 'de'
    ? (await import('./de/texts.ts')).germanTexts
    : (await import('./en/texts.ts')).englishTexts;
}
