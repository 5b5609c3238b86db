import { useTranslation } from 'react-i18next';
import { createFormat, type Format } from './format.ts';
import { type Language, pickLanguage } from './language.ts';
import { useTimeZone } from './time-zone.ts';

const formats = new Map<string, Format>();

/** Numbers, times and days as the person reads them, in their time zone. One for all that ask. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  return formatOf(pickLanguage([i18n.language]), useTimeZone());
}

/** Made once: a format is eight `Intl` objects. */
function formatOf(language: Language, timeZone: string | undefined): Format {
  // The zone of the device is another one after a journey.
  const key = `${language} ${timeZone ?? new Date().getTimezoneOffset()}`;
  const made = formats.get(key);
  if (made !== undefined) return made;
  const format = createFormat(language, timeZone);
  formats.set(key, format);
  return format;
}
