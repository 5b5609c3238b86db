import type { MailLanguage } from './compose-letter.ts';

/** The language in which to write to somebody whose locale is this. */
export function languageOf(locale: string): MailLanguage {
  return locale.startsWith('de') ? 'de' : 'en';
}
