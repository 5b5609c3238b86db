import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createFormat, type Format } from './format.ts';
import { pickLanguage } from './language.ts';
import { useTimeZone } from './time-zone.ts';

/** Numbers, times and days as the person reads them, in their time zone. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  const timeZone = useTimeZone();
  return useMemo(() => createFormat(pickLanguage([i18n.language]), timeZone), [i18n.language, timeZone]);
}
