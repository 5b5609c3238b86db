import { checkField } from '@eventkit/shared/edits/check-field.ts';
import type { EditableTableName, FieldValue } from '@eventkit/shared/edits/editable-tables.ts';
import { ok } from '@eventkit/shared/kernel/result.ts';
import { type ComponentProps, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Typed } from '#i18n/typed/use-typed.ts';
import { TextField } from '#ui/text-field.tsx';

/**
 * One field of a row: saved when it is left or Enter is pressed, with what is wrong below it. What is typed stays
 * whatever others change meanwhile; Escape goes back to what stands.
 */
export function FieldInput({
  table,
  field,
  shown,
  read = (text) => ok({ value: text.trim(), shown: '' }),
  onSave,
  ...rest
}: Pick<
  ComponentProps<typeof TextField>,
  'label' | 'inputMode' | 'isLabelHidden' | 'className' | 'placeholder'
> & {
  readonly table: EditableTableName;
  readonly field: string;
  /** What stands, as the input shows it. */
  readonly shown: string;
  /** What was typed as the field's value, and how it was understood where that needs to be said. */
  readonly read?: (text: string) => Typed<FieldValue>;
  readonly onSave: (value: FieldValue) => void;
}) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const isUnsaved = draft !== null && draft !== shown;
  const understood = isUnsaved ? read(draft) : null;
  const unsaved = isUnsaved
    ? [understood?.ok === true && understood.value.shown, t('editing.unsaved')].filter(Boolean).join(' · ')
    : null;
  const leave = () => {
    if (draft === null) return;
    if (draft === shown) return drop();
    const typed = read(draft);
    if (!typed.ok) return setProblem(typed.error);
    const checked = checkField(table, field, typed.value.value);
    if (!checked.ok) return setProblem(t(`editing.problem.${checked.error.problem}`));
    drop();
    onSave(checked.value);
  };
  const drop = () => {
    setDraft(null);
    setProblem(null);
  };
  return (
    <TextField
      {...rest}
      value={draft ?? shown}
      autoComplete="off"
      error={problem}
      hint={unsaved}
      onChange={(event) => {
        setDraft(event.target.value);
        setProblem(null);
      }}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') drop();
      }}
    />
  );
}
