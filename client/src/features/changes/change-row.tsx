import { editableTables } from '@eventkit/shared/edits/editable-tables.ts';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { canBeTakenAgain } from '#platform/edits/take-again.ts';
import { TakeAgainButton } from '#platform/edits/view/take-again-button.tsx';
import { useSession } from '#platform/live/replica-context.tsx';
import { Code } from '#ui/code.tsx';
import { isKind } from './kinds.ts';
import { nameOf, type ShownChange, type ShownField } from './read-changes.ts';

/** Who did what to which record, and what each field was before. */
export function ChangeRow({
  change,
  onRecord,
}: {
  readonly change: ShownChange;
  /** Shows the changes of this record alone; null where that is so already. */
  readonly onRecord: (() => void) | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { at, tableName, rowId, action, fields, userName, deviceName } = change;
  const name = nameOf(change);
  const who = userName === '' ? t('changes.system') : userName;
  return (
    <li className="border-b border-rule px-4 py-3 tablet:py-2">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-[16px] font-medium tablet:text-[14px]">
          {isKind(tableName) ? t(`changes.kind.${tableName}`) : <Code>{tableName}</Code>}
        </span>
        <span className="text-muted-foreground">{t(`changes.action.${action}`)}</span>
        {onRecord === null ? (
          <span className="min-w-0 truncate text-[13px] text-faint-foreground" title={rowId}>
            {name}
          </span>
        ) : (
          <button
            type="button"
            className="min-h-12 min-w-0 truncate text-[14px] underline decoration-rule underline-offset-4 hover:text-foreground tablet:min-h-0 tablet:text-[13px]"
            title={rowId}
            aria-label={t('changes.historyOf', { name })}
            onClick={onRecord}
          >
            {name}
          </button>
        )}
        <span className="ms-auto text-[14px] text-muted-foreground tablet:text-[12px]">
          {deviceName === '' ? who : t('changes.onDevice', { who, device: deviceName })} ·{' '}
          {format.timeOrDay(at, nowForDisplay())}
        </span>
      </p>
      {action === 'update' ? (
        <FieldList change={change} />
      ) : (
        <details>
          <summary className="cursor-default text-[14px] text-muted-foreground tablet:text-[13px]">
            {t('changes.fields', { count: fields.length, shown: format.count(fields.length) })}
          </summary>
          <FieldList change={change} />
        </details>
      )}
    </li>
  );
}

function FieldList({ change }: { readonly change: ShownChange }) {
  const { fields } = change;
  return (
    <ul className="mt-1 grid gap-0.5 text-[14px] tablet:text-[13px]">
      {fields.map((field) => (
        <Field key={field.name} change={change} field={field} />
      ))}
    </ul>
  );
}

function Field({ change, field }: { readonly change: ShownChange; readonly field: ShownField }) {
  const { t } = useTranslation();
  const { name, before, since } = field;
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-x-2 wrap-anywhere">
      <span>
        <span className="text-muted-foreground">{name}</span>{' '}
        {before !== null && (
          <del className="text-faint-foreground">
            <span className="sr-only">{t('changes.before')} </span>
            {before}
          </del>
        )}
        {before !== null && since !== null && <span aria-hidden="true"> → </span>}
        {since !== null && <ins className="no-underline">{since}</ins>}
      </span>
      <Again change={change} field={field} />
    </li>
  );
}

/** The way back to what a field was, for those who may edit it and where people edit it at all. */
function Again({
  change: { tableName, rowId, action },
  field: { name, before, earlier },
}: {
  readonly change: ShownChange;
  readonly field: ShownField;
}) {
  const { permissions } = useSession();
  if (action !== 'update' || earlier === undefined || !canBeTakenAgain(tableName, name)) return null;
  if (!permissions.includes(editableTables[tableName].permission)) return null;
  return <TakeAgainButton earlier={{ table: tableName, rowId, name, value: earlier }} said={before ?? ''} />;
}
