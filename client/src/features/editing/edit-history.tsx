import { editableTables, type FieldValue } from '@eventkit/shared/edits/editable-tables.ts';
import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { EDITS_OF_EVENT, type EditRow } from '#platform/edits/edit-queries.ts';
import { canBeTakenAgain } from '#platform/edits/take-again.ts';
import { TakeAgainButton } from '#platform/edits/view/take-again-button.tsx';
import { useFieldWords } from '#platform/edits/view/use-field-words.ts';
import { useSession } from '#platform/live/replica-context.tsx';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { SectionHeading } from '#ui/section-heading.tsx';

/** Who changed what on an event and its pull list, from what to what, newest first; what was taken back is struck out. */
export function EditHistory({ eventId }: { readonly eventId: EventId }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { sayEdit } = useFieldWords();
  const { permissions } = useSession();
  const { rows, status } = useLiveQuery<EditRow>(EDITS_OF_EVENT, [eventId]);
  if (status === 'loading') return null;
  return (
    <section>
      <SectionHeading note={rows.length > 0 ? t('editing.newestFirst') : undefined}>
        {t('editing.history')}
      </SectionHeading>
      {rows.length === 0 && <p className="px-4 py-3 text-muted-foreground">{t('editing.noHistory')}</p>}
      <ul>
        {rows.map((edit) => (
          <li key={edit.id} className="border-b border-rule px-4 py-2">
            <p className={edit.isTakenBack === 1 ? 'line-through opacity-70' : ''}>
              {edit.table !== 'events' && <span className="font-medium">{edit.title} </span>}
              {sayEdit(edit)}
            </p>
            <p className="text-[13px] text-muted-foreground tablet:text-[12px]">
              {[
                edit.who ?? '?',
                edit.device,
                format.timeOrDay(edit.at, nowForDisplay()),
                edit.receivedAt === null ? t('editing.notSent') : null,
                edit.isTakenBack === 1 ? t('editing.takenBack') : null,
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            </p>
            {permissions.includes(editableTables[edit.table].permission) && <Again edit={edit} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The way back to what a field was before this edit. */
function Again({ edit: { table, rowId, field, saw } }: { readonly edit: EditRow }) {
  const { sayValue } = useFieldWords();
  if (field === null || saw === null || !canBeTakenAgain(table, field)) return null;
  const value = JSON.parse(saw) as FieldValue;
  return <TakeAgainButton earlier={{ table, rowId, name: field, value }} said={sayValue(field, value)} />;
}
