import { Link } from '@tanstack/react-router';
import { CalendarDays } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { Ticks } from '#ui/ticks.tsx';
import { EventChip } from './event-chip.tsx';
import { type EventSummary, useEventSummaries } from './event-summaries-queries.ts';
import { splitByTime } from './split-by-time.ts';

/** Every event on the device: now and next first, then what is past, newest first. */
export function EventsScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const { rows, status } = useEventSummaries();
  const { current, past } = splitByTime(rows, nowForDisplay());
  return (
    <Screen
      header={
        <ScreenHeader
          title={t('planning.events')}
          facts={t('planning.eventCount', { count: rows.length, shown: format.count(rows.length) })}
        />
      }
    >
      {rows.length === 0 && status === 'ready' && (
        <EmptyState icon={<CalendarDays />} title={t('planning.noEventsTitle')}>
          {t('planning.noEventsText')}
        </EmptyState>
      )}
      <EventGroup title={t('planning.current')} events={current} />
      <EventGroup title={t('planning.past')} events={past} />
    </Screen>
  );
}

function EventGroup({ title, events }: { readonly title: string; readonly events: readonly EventSummary[] }) {
  const format = useFormat();
  if (events.length === 0) return null;
  return (
    <section>
      <SectionHeading end={format.count(events.length)}>{title}</SectionHeading>
      <ul>
        {events.map((event) => (
          <EventRow key={event.id} event={event} />
        ))}
      </ul>
    </section>
  );
}

function EventRow({ event }: { readonly event: EventSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const progress = t('planning.progress', {
    done: format.count(event.scanned),
    of: format.count(event.wanted),
  });
  return (
    <li className="border-b border-rule">
      <Link
        to="/events/$eventId"
        params={{ eventId: event.id }}
        className="grid min-h-18 grid-cols-[6.5rem_1fr_auto] items-center gap-x-3 px-4 py-2 hover:bg-hover focus-visible:-outline-offset-2 tablet:min-h-11 tablet:grid-cols-[8rem_1.4fr_1fr_9rem_13rem] tablet:gap-x-4"
      >
        <span className="text-[15px] leading-tight font-semibold narrow tablet:text-[15px]">
          {format.time(event.loadAt)}
          <span className="block text-[13px] font-normal text-muted-foreground tablet:inline tablet:pl-2 tablet:text-[12px]">
            {format.day(event.loadAt)}
          </span>
        </span>
        <span className="min-w-0">
          <span className="block truncate text-[16px] font-medium tablet:text-[13px] tablet:font-semibold">
            {event.name}
          </span>
          <span className="block truncate text-[14px] text-muted-foreground tablet:hidden">
            {event.venue}
          </span>
        </span>
        <span className="hidden min-w-0 truncate text-muted-foreground tablet:block">
          {[event.clientName, event.venue].filter((part) => part !== '').join(', ')}
        </span>
        <span className="hidden tablet:block">
          <EventChip status={event.status} />
        </span>
        <span className="flex items-center gap-3">
          <Ticks
            className="hidden min-w-0 flex-1 tablet:flex"
            wanted={event.wanted}
            scanned={event.scanned}
            most={24}
            label={progress}
          />
          <span className="text-right text-[15px] whitespace-nowrap narrow tablet:w-16 tablet:text-[13px]">
            {format.count(event.scanned)}
            <span className="text-muted-foreground"> / {format.count(event.wanted)}</span>
          </span>
        </span>
      </Link>
    </li>
  );
}
