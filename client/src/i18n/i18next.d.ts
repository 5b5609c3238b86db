import type { englishTexts } from './en/texts.ts';
import type { LateTexts } from './late-texts.ts';

declare module 'i18next' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface merges with the library's own
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof englishTexts & LateTexts };
    returnNull: false;
  }
}
