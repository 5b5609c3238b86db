import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import { type Instant, instantOfMs, msOf } from '@eventkit/shared/kernel/instant.ts';
import { ListTodo } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { CHANGES_BY_OTHERS, type EditRow } from '#platform/edits/edit-queries.ts';
import { readSeenAt, writeSeenAt } from '#platform/edits/seen-changes.ts';
import { useSession } from '#platform/live/replica-context.tsx';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { useFieldWords } from './use-field-words.ts';

const DAY_MS = 86_400_000;
const SHOWN = 3;

/** Tells who picks for an event that somebody else changed the list meanwhile; until read, a day at most. */
export function PlanChangesBanner({ eventId }: { readonly eventId: EventId }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { userId } = useSession();
  const { sayEdit } = useFieldWords();
  const [seenAt, setSeenAt] = useState<Instant>(
    () => readSeenAt(localStorage, eventId) ?? instantOfMs(msOf(nowForDisplay()) - DAY_MS),
  );
  const { rows } = useLiveQuery<EditRow>(CHANGES_BY_OTHERS, [eventId, userId, seenAt]);
  const [newest] = rows;
  if (newest === undefined) return null;
  const isRead = () => {
    writeSeenAt(localStorage, eventId, newest.at);
    setSeenAt(newest.at);
  };
  const more = rows.length - SHOWN;
  return (
    <div className="px-4 py-2">
      <Notice
        tone="warn"
        icon={<ListTodo className="icon-lg text-wrong-text" aria-hidden="true" />}
        title={t('editing.changedBy', {
          who: newest.who ?? '?',
          time: format.timeOrDay(newest.at, nowForDisplay()),
        })}
        actions={
          <Button kind="outline" onClick={isRead}>
            {t('editing.gotIt')}
          </Button>
        }
      >
        <ul>
          {rows.slice(0, SHOWN).map((edit) => (
            <li key={edit.id}>
              <span className="font-medium text-foreground">{edit.title}</span> {sayEdit(edit)}
            </li>
          ))}
          {more > 0 && <li>{t('editing.more', { count: more, shown: format.count(more) })}</li>}
        </ul>
      </Notice>
    </div>
  );
}
