import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EventGlyph } from '#ui/event-glyph.tsx';
import type { ShownEvent } from './count-events.ts';

/** An event in a line of a widget: its state, its name and where, when, and how much. */
export function EventLine({
  event,
  when,
  end,
}: {
  readonly event: ShownEvent;
  readonly when: ReactNode;
  readonly end: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <li className="border-b border-rule last:border-0">
      <Link
        to="/events/$eventId"
        params={{ eventId: event.id }}
        className="flex min-h-14 items-center gap-3 px-4 py-1.5 hover:bg-hover focus-visible:-outline-offset-2 tablet:min-h-10"
      >
        <EventGlyph state={event.status} className="size-4 flex-none" />
        <span className="sr-only">{t(`planning.status.${event.status}`)}</span>
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{event.name}</span>
          <span className="block truncate text-[14px] text-muted-foreground tablet:text-[12px]">
            {[event.clientName, event.venue].filter((part) => part !== '').join(', ')}
          </span>
        </span>
        <span className="flex-none text-end">
          <span className="block font-medium narrow">{when}</span>
          <span className="block text-[14px] text-muted-foreground tablet:text-[12px]">{end}</span>
        </span>
      </Link>
    </li>
  );
}

/** What a widget says instead of rows. */
export function WidgetNote({ children }: { readonly children: ReactNode }) {
  return <p className="px-4 py-3 text-muted-foreground">{children}</p>;
}
