import { checkField } from '@eventkit/shared/edits/check-field.ts';
import { type EditableTableName, ruleOf } from '@eventkit/shared/edits/editable-tables.ts';
import type { LedgerRow } from '@eventkit/shared/operations/subject-state.ts';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { editOf } from '#platform/edits/intent-of-edit.ts';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { classNames } from '#ui/class-names.ts';

/**
 * A cell while somebody changes it: Enter and leaving save, Escape does not, Tab saves and goes on to the next one. What was
 * read of the row when it is saved is what the edit has seen.
 */
export function CellInput({
  table,
  field,
  rowId,
  label,
  shown,
  wordOf,
  onDone,
}: {
  readonly table: EditableTableName;
  readonly field: string;
  readonly rowId: string;
  readonly label: string;
  readonly shown: string;
  readonly wordOf: (word: string) => string;
  readonly onDone: (next: 'stay' | 'next' | 'previous') => void;
}) {
  const { t } = useTranslation();
  const { replica, recordOperation } = usePlatform();
  const [draft, setDraft] = useState(shown);
  const [problem, setProblem] = useState<string | null>(null);
  const isOver = useRef(false);
  const rule = ruleOf(table, field);

  const save = async (text: string, next: Parameters<typeof onDone>[0]) => {
    if (isOver.current) return;
    const checked = checkField(table, field, text.trim());
    if (!checked.ok) return setProblem(t(`editing.problem.${checked.error.problem}`));
    isOver.current = true;
    const said = await record(checked.value);
    isOver.current = said === null;
    if (said === null) onDone(next);
    else setProblem(said);
  };
  /** Null, or what to say. */
  const record = async (value: Parameters<typeof editOf>[3]) => {
    // The table is one of those that the schema names.
    const [row] = await replica.getAll<LedgerRow>(`SELECT * FROM ${table}_now WHERE id = ?`, [rowId]);
    if (row === undefined) return t('lists.gone');
    const intent = editOf(table, row, field, value);
    if (intent === null) return null;
    return (await recordOperation(intent)).ok ? null : t('lists.notSaved');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = event.key === 'Enter' ? 'stay' : event.shiftKey ? 'previous' : 'next';
    if (event.key === 'Escape') {
      event.stopPropagation();
      isOver.current = true;
      onDone('stay');
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault();
      void save(draft, next);
    }
  };
  const shared = {
    'aria-label': label,
    'aria-invalid': problem !== null,
    autoFocus: true,
    value: draft,
    onKeyDown,
    className: classNames(
      'h-7 w-full min-w-0 rounded-control border bg-background px-1.5 text-[13px]',
      problem === null ? 'border-input' : 'border-blocked',
    ),
  };
  return (
    <span className="relative block w-full" title={problem ?? undefined}>
      {rule?.type === 'word' ? (
        <select
          {...shared}
          onBlur={() => void save(draft, 'stay')}
          onChange={(event) => setDraft(event.target.value)}
        >
          {rule.words.map((word) => (
            <option key={word} value={word}>
              {wordOf(word)}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          onBlur={() => void save(draft, 'stay')}
          onChange={(event) => setDraft(event.target.value)}
        />
      )}
      {problem !== null && (
        <span
          role="alert"
          className="absolute top-full start-0 z-10 mt-0.5 rounded-control border border-blocked/60 bg-popover px-1.5 py-0.5 text-[12px] text-blocked-text"
        >
          {problem}
        </span>
      )}
    </span>
  );
}
