import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from './language.ts';

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

type LoadTexts = (language: Language) => Promise<object>;
const lateTexts = new Set<LoadTexts>();

/** Texts that come with their feature instead of with the start; called before its first screen is drawn. */
export async function addLateTexts(load: LoadTexts): Promise<void> {
  lateTexts.add(load);
  await join(i18next.language as Language, load);
}

/** Changes the language in place; nothing on the screen is lost. */
export async function changeLanguage(language: Language): Promise<void> {
  i18next.addResourceBundle(language, 'translation', await loadTexts(language));
  for (const load of lateTexts) await join(language, load);
  await i18next.changeLanguage(language);
  tellPage(language);
}

function tellPage(language: Language): void {
  document.documentElement.lang = language;
  document.documentElement.dir = i18next.dir(language);
}

async function join(language: Language, load: LoadTexts): Promise<void> {
  i18next.addResourceBundle(language, 'translation', await load(language), true);
}

async function loadTexts(language: Language) {
  return language === 'de'
    ? (await import('./de/texts.ts')).germanTexts
    : (await import('./en/texts.ts')).englishTexts;
}
