import { addLateTexts } from '#i18n/start-i18n.ts';

/** A page with a list waits for these words before it is drawn; no start of the app does. */
export const listTexts: Promise<void> = addLateTexts(async (language) =>
  language === 'de' ? import('#i18n/de/lists.ts') : import('#i18n/en/lists.ts'),
);
