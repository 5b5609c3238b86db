import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createFormat, type Format } from './format.ts';
import { pickLanguage } from './language.ts';

/** Numbers, times and days as the person reads them, in the device's time zone. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  return useMemo(() => createFormat(pickLanguage([i18n.language])), [i18n.language]);
}
