import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import type { RowOf } from '@eventkit/shared/schema/row-types.ts';
import { Link } from '@tanstack/react-router';
import { CalendarX, ChevronLeft, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '#platform/live/replica-context.tsx';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { DeleteRecord } from '#platform/trash/view/delete-record.tsx';
import { DeletedHere } from '#platform/trash/view/deleted-here.tsx';
import { Button } from '#ui/button.tsx';
import { buttonClass } from '#ui/button-class.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Notice } from '#ui/notice.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { EditHistory } from './edit-history.tsx';
import { EditLines } from './edit-lines.tsx';
import { EventForm } from './event-form.tsx';
import { EVENT_TO_EDIT } from './line-queries.ts';
import { type Editor, useEditor } from './use-editor.ts';

/** The plan of one event and who changed what; whoever may not plan reads the changes alone. */
export function EditEventScreen({ eventId }: { readonly eventId: EventId }) {
  const { t } = useTranslation();
  const { permissions } = useSession();
  const editor = useEditor();
  const { rows, status } = useLiveQuery<RowOf<'events'>>(EVENT_TO_EDIT, [eventId]);
  const mayPlan = permissions.includes('planning:write');
  const [event] = rows;
  if (event === undefined) {
    return status === 'loading' ? null : (
      <DeletedHere id={eventId} icon={<CalendarX />}>
        <EmptyState icon={<CalendarX />} title={t('planning.goneTitle')}>
          {t('planning.goneText')}
        </EmptyState>
      </DeletedHere>
    );
  }
  return (
    <Screen
      header={
        <ScreenHeader
          back={<BackToEvent eventId={eventId} />}
          title={event.name}
          facts={t(mayPlan ? 'editing.title' : 'editing.history')}
          actions={
            <Link
              to="/events/$eventId"
              params={{ eventId }}
              className={buttonClass('secondary', 'control', 'max-tablet:hidden')}
              aria-keyshortcuts="d"
            >
              {t('editing.done')}
            </Link>
          }
        />
      }
      footer={editor.last === null ? null : <UndoBar editor={editor} />}
    >
      {editor.hasFailed && (
        <div className="px-4 pb-2">
          <Notice tone="alarm" title={t('editing.notSaved')} />
        </div>
      )}
      <div className="laptop:grid laptop:grid-cols-[minmax(0,1fr)_24rem] laptop:border-t laptop:border-border">
        {mayPlan && (
          <div className="min-w-0 laptop:border-e laptop:border-border">
            <SectionHeading>{t('editing.event')}</SectionHeading>
            <EventForm event={event} editor={editor} />
            <EditLines eventId={eventId} editor={editor} />
            <DeleteRecord kind="event" id={eventId} />
          </div>
        )}
        <div className="min-w-0">
          <EditHistory eventId={eventId} />
        </div>
      </div>
    </Screen>
  );
}

function BackToEvent({ eventId }: { readonly eventId: EventId }) {
  const { t } = useTranslation();
  return (
    <Link
      to="/events/$eventId"
      params={{ eventId }}
      aria-label={t('common.back')}
      className="grid size-12 place-items-center text-muted-foreground"
    >
      <ChevronLeft className="icon-lg" />
    </Link>
  );
}

/** Names what it takes back; again for what was saved before that. */
function UndoBar({ editor }: { readonly editor: Editor }) {
  const { t } = useTranslation();
  return (
    <div className="safe-bottom flex items-center gap-2 border-t border-border bg-card px-2 py-1">
      <Button
        kind="quiet"
        icon={<Undo2 className="icon-lg" aria-hidden="true" />}
        onClick={() => void editor.undo()}
        aria-keyshortcuts="Control+Z Meta+Z"
      >
        {t('editing.undo')}
      </Button>
      <span className="min-w-0 flex-1 truncate text-muted-foreground" role="status">
        {editor.last?.words}
      </span>
    </div>
  );
}
