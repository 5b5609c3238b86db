import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { TextField } from '#ui/text-field.tsx';

/** A whole number within bounds; what is typed on the way there is kept to itself. */
export function NumberField({
  label,
  value,
  least,
  most,
  onChange,
}: {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [text, setText] = useState(String(value));
  const isRight = (typed: string) =>
    /^\d{1,4}$/.test(typed.trim()) && Number(typed) >= least && Number(typed) <= most;
  return (
    <TextField
      label={label}
      inputMode="numeric"
      value={text}
      error={
        isRight(text)
          ? null
          : t('labels.print.outOfRange', { least: format.count(least), most: format.count(most) })
      }
      onChange={(event) => {
        setText(event.target.value);
        if (isRight(event.target.value)) onChange(Number(event.target.value));
      }}
    />
  );
}
