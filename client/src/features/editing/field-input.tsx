import { checkField, type FieldProblem } from '@eventkit/shared/edits/check-field.ts';
import type { EditableTableName, FieldValue } from '@eventkit/shared/edits/editable-tables.ts';
import { type ComponentProps, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '#ui/text-field.tsx';

/**
 * One field of a row: saved when it is left or Enter is pressed, with what is wrong below it. What is typed stays
 * whatever others change meanwhile; Escape goes back to what stands.
 */
export function FieldInput({
  table,
  field,
  shown,
  toValue = (text) => text.trim(),
  onSave,
  ...rest
}: Pick<
  ComponentProps<typeof TextField>,
  'label' | 'type' | 'inputMode' | 'isLabelHidden' | 'className' | 'placeholder'
> & {
  readonly table: EditableTableName;
  readonly field: string;
  /** What stands, as the input shows it. */
  readonly shown: string;
  /** What was typed as the field's value; null where it is none. */
  readonly toValue?: (text: string) => FieldValue;
  readonly onSave: (value: FieldValue) => void;
}) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<FieldProblem['problem'] | null>(null);
  const leave = () => {
    if (draft === null) return;
    if (draft === shown) return drop();
    const checked = checkField(table, field, toValue(draft));
    if (!checked.ok) return setProblem(checked.error.problem);
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
      error={problem === null ? null : t(`editing.problem.${problem}`)}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') drop();
      }}
    />
  );
}
