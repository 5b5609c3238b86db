import type { WidgetDays } from '@eventkit/shared/dashboards/widgets.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { upcomingEvents } from './count-events.ts';
import { EVENTS, type EventToCount } from './dashboard-queries.ts';
import { EventLine, WidgetNote } from './event-line.tsx';

/** What loads within the coming days. */
export function UpcomingWidget({ days, now }: { readonly days: WidgetDays; readonly now: Instant }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rows, status } = useLiveQuery<EventToCount>(EVENTS);
  const events = upcomingEvents(rows, now, days);
  if (events.length === 0)
    return status === 'ready' ? <WidgetNote>{t('dashboard.noEvents', { count: days })}</WidgetNote> : null;
  return (
    <ul className="max-h-96 overflow-y-auto">
      {events.map((event) => (
        <EventLine
          key={event.id}
          event={event}
          when={`${format.day(event.loadAt)} ${format.time(event.loadAt)}`}
          end={t('dashboard.pieces', { count: event.wanted, shown: format.count(event.wanted) })}
        />
      ))}
    </ul>
  );
}
