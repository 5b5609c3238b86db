import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { CalendarDays } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { EventRow } from './event-row.tsx';
import { type EventSummary, useEventSummaries } from './event-summaries-queries.ts';
import { splitByTime } from './split-by-time.ts';

/** Every event on the device: now and next first, then what is past, newest first. */
export function EventsScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const { rows, status } = useEventSummaries();
  const now = nowForDisplay();
  const { current, past } = splitByTime(rows, now);
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
      <EventGroup title={t('planning.current')} events={current} now={now} />
      <EventGroup title={t('planning.past')} events={past} now={now} />
    </Screen>
  );
}

function EventGroup({
  title,
  events,
  now,
}: {
  readonly title: string;
  readonly events: readonly EventSummary[];
  readonly now: Instant;
}) {
  const format = useFormat();
  if (events.length === 0) return null;
  return (
    <section>
      <SectionHeading end={format.count(events.length)}>{title}</SectionHeading>
      <ul>
        {events.map((event) => (
          <EventRow key={event.id} event={event} kind="listed" now={now} />
        ))}
      </ul>
    </section>
  );
}
