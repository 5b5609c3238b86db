import type { Language } from '#i18n/language.ts';
import { Segmented } from '#ui/segmented.tsx';

/** Languages are named in themselves, for those who read only one. */
const choices = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
] as const;

export function LanguageChoice({
  legend,
  value,
  onChange,
}: {
  readonly legend: string;
  readonly value: Language;
  readonly onChange: (language: Language) => void;
}) {
  return <Segmented<Language> legend={legend} value={value} choices={choices} onChange={onChange} />;
}
