import type { AttachmentKind } from '@eventkit/shared/attachments/attachment.ts';
import {
  type EditIntent,
  type FieldEdit,
  isEditKind,
  type NamedValue,
} from '@eventkit/shared/edits/edit-intents.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { Camera, Signature } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { useFieldWords } from '#platform/edits/view/use-field-words.ts';
import { Code } from '#ui/code.tsx';
import { shownKind, shownReason, shownState } from './describe-operation.ts';
import type { OwnOperationRow } from './own-operations-queries.ts';
import { StateMark } from './state-mark.tsx';

/** What was done, when, by whom, and what the server said; opens to the meaning of that. */
export function OperationRow({ row, now }: { readonly row: OwnOperationRow; readonly now: Instant }) {
  const { t } = useTranslation();
  const format = useFormat();
  const state = shownState(row);
  const reason = shownReason(row);
  return (
    <li className="border-b border-rule">
      <details className="group">
        <summary className="grid min-h-16 list-none grid-cols-[1.5rem_1fr_auto] items-center gap-x-3 px-4 py-2 hover:bg-hover focus-visible:-outline-offset-2 tablet:min-h-10">
          <StateMark state={state} />
          <span className="min-w-0 tablet:flex tablet:items-baseline tablet:gap-3">
            {row.code !== null && (
              <Code className="block truncate text-[16px] tablet:w-28 tablet:flex-none tablet:text-[13px]">
                {row.code}
              </Code>
            )}
            <span className="block truncate text-[14px] text-muted-foreground tablet:text-[13px] tablet:text-foreground">
              <KindText row={row} />
            </span>
            {row.waitingFileCount > 0 && <FilesToGo row={row} />}
          </span>
          <span className="text-end text-[14px] leading-tight tablet:flex tablet:gap-4 tablet:text-[12px]">
            <span className={`block font-medium ${stateColour(state)}`}>{t(`outbox.state.${state}`)}</span>
            <span className="block text-muted-foreground">{format.timeOrDay(row.recordedAt, now)}</span>
          </span>
        </summary>
        <div className="space-y-1 pe-4 pb-3 ps-13 text-[14px] text-muted-foreground tablet:text-[13px]">
          <p className="text-foreground">{t(`outbox.stateHint.${state}`)}</p>
          {row.waitingFileCount > 0 && <p>{t(`outbox.fileHint.${kindOfFiles(row)}.${stateOfFiles(row)}`)}</p>}
          {reason !== null && <p>{t(`outbox.reason.${reason}`)}</p>}
          <p>
            {[
              format.timeWithSeconds(row.recordedAt),
              row.recordedByName,
              row.attempts !== null && row.attempts > 0
                ? t('outbox.attempts', { count: row.attempts, shown: format.count(row.attempts) })
                : null,
            ]
              .filter((part) => part !== null)
              .join(' · ')}{' '}
            · <span className="font-mono">#{row.sequence}</span>
          </p>
        </div>
      </details>
    </li>
  );
}

/** Photos and signatures go up on their own; what is said of the scan says nothing of them. */
function FilesToGo({ row }: { readonly row: OwnOperationRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = row.waitingFileCount;
  const kind = kindOfFiles(row);
  const Icon = kind === 'signature' ? Signature : Camera;
  const isRefused = stateOfFiles(row) !== 'waiting';
  return (
    <span
      className={`flex items-center gap-1.5 text-[14px] tablet:text-[12px] ${isRefused ? 'text-blocked-text' : ''}`}
    >
      <Icon className="icon" aria-hidden="true" />
      {isRefused
        ? t(`outbox.notSent.${kind}`, { count, shown: format.count(count) })
        : t(`outbox.toGo.${kind}`, { count, shown: format.count(count) })}
    </span>
  );
}

function kindOfFiles({ fileKind }: OwnOperationRow): AttachmentKind {
  return fileKind ?? 'photo';
}

function stateOfFiles(row: OwnOperationRow): 'waiting' | 'not_taken' | 'operation_refused' {
  if (shownState(row) === 'refused') return 'operation_refused';
  return row.refusedFileCount > 0 ? 'not_taken' : 'waiting';
}

function KindText({ row }: { readonly row: OwnOperationRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const kind = shownKind(row);
  const place = row.placeName ?? t('outbox.unknownPlace');
  if (kind === 'pack' || kind === 'unpack') {
    const count = row.memberCount ?? 0;
    return t(`outbox.kind.${kind}`, { count, shown: format.count(count), place });
  }
  if (isEditKind(kind)) return <EditText row={row} kind={kind} />;
  const stocktake = row.stocktakeName ?? t('outbox.unknownStocktake');
  if (kind === 'request_recount' || kind === 'review_variance' || kind === 'approve_stocktake') {
    const count = row.lineCount ?? 0;
    return t(`outbox.kind.${kind}`, { count, shown: format.count(count), stocktake });
  }
  return t(`outbox.kind.${kind}`, {
    place,
    stocktake,
    shown: format.count(row.quantity ?? 0),
    product: row.productName ?? t('outbox.unknownProduct'),
    from: row.fromName ?? t('outbox.unknownPlace'),
    to: row.toName ?? t('outbox.unknownPlace'),
  });
}

/** Which row, and what was said of it: a refusal must not leave anybody guessing what to do again. */
function EditText({ row, kind }: { readonly row: OwnOperationRow; readonly kind: EditIntent['kind'] }) {
  const { t } = useTranslation();
  const { sayEdit } = useFieldWords();
  const { editedTable: table, editedTitle, edits } = row;
  if (table === null) return t(`outbox.kind.${kind}`);
  const fields = (edits === null ? [] : JSON.parse(edits)) as readonly (FieldEdit | NamedValue)[];
  const said =
    kind === 'edit_fields'
      ? fields.map((edit) =>
          sayEdit({
            kind,
            table,
            field: edit.field,
            saw: 'saw' in edit ? JSON.stringify(edit.saw) : null,
            value: JSON.stringify(edit.value),
          }),
        )
      : [sayEdit({ kind, table, field: null, saw: null, value: JSON.stringify(valuesOf(fields)) })];
  return [editedTitle, said.join(', ')].filter((part) => part !== null).join(' · ');
}

function valuesOf(fields: readonly NamedValue[]): Record<string, unknown> {
  return Object.fromEntries(fields.map(({ field, value }) => [field, value]));
}

function stateColour(state: ReturnType<typeof shownState>): string {
  if (state === 'refused' || state === 'not_taken') return 'text-blocked-text';
  if (state === 'conflicted' || state === 'kept_unread') return 'text-wrong-text';
  return state === 'applied' ? 'text-muted-foreground' : 'text-foreground';
}
