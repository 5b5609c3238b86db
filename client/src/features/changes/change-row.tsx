import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { Code } from '#ui/code.tsx';
import { isKind } from './kinds.ts';
import type { ShownChange, ShownField } from './read-changes.ts';

/** Who did what to which record, and what each field was before. */
export function ChangeRow({
  change: { at, tableName, rowId, action, fields, userName, deviceName },
}: {
  readonly change: ShownChange;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = fields.find((field) => field.name === 'name' || field.name === 'code');
  const who = userName === '' ? t('changes.system') : userName;
  return (
    <li className="border-b border-rule px-4 py-3 tablet:py-2">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-[16px] font-medium tablet:text-[14px]">
          {isKind(tableName) ? t(`changes.kind.${tableName}`) : <Code>{tableName}</Code>}
        </span>
        <span className="text-muted-foreground">{t(`changes.action.${action}`)}</span>
        <span className="min-w-0 truncate text-[13px] text-faint-foreground" title={rowId}>
          {name?.since ?? name?.before ?? rowId}
        </span>
        <span className="ml-auto text-[14px] text-muted-foreground tablet:text-[12px]">
          {deviceName === '' ? who : t('changes.onDevice', { who, device: deviceName })} ·{' '}
          {format.timeOrDay(at, nowForDisplay())}
        </span>
      </p>
      {action === 'update' ? (
        <FieldList fields={fields} />
      ) : (
        <details>
          <summary className="cursor-default text-[14px] text-muted-foreground tablet:text-[13px]">
            {t('changes.fields', { count: fields.length, shown: format.count(fields.length) })}
          </summary>
          <FieldList fields={fields} />
        </details>
      )}
    </li>
  );
}

function FieldList({ fields }: { readonly fields: readonly ShownField[] }) {
  const { t } = useTranslation();
  return (
    <ul className="mt-1 grid gap-0.5 text-[14px] tablet:text-[13px]">
      {fields.map(({ name, before, since }) => (
        <li key={name} className="min-w-0 wrap-anywhere">
          <span className="text-muted-foreground">{name}</span>{' '}
          {before !== null && (
            <del className="text-faint-foreground">
              <span className="sr-only">{t('changes.before')} </span>
              {before}
            </del>
          )}
          {before !== null && since !== null && <span aria-hidden="true"> → </span>}
          {since !== null && <ins className="no-underline">{since}</ins>}
        </li>
      ))}
    </ul>
  );
}
