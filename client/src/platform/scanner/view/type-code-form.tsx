import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#ui/button.tsx';
import { TextField } from '#ui/text-field.tsx';

/** The code on a label that a person can read and the camera cannot. */
export function TypeCodeForm({
  label,
  onCode,
}: {
  readonly label: string;
  readonly onCode: (code: string) => void;
}) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim() === '') return;
    onCode(code);
    setCode('');
  };
  return (
    <form className="flex items-end gap-2" onSubmit={submit}>
      <TextField
        className="min-w-0 flex-1"
        label={label}
        autoCapitalize="characters"
        autoComplete="off"
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <Button type="submit" className="tablet:min-h-9">
        {t('scanning.tick.findAction')}
      </Button>
    </form>
  );
}
