import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { overdueEvents } from './count-events.ts';
import { EVENTS, type EventToCount, LOST, type LostRow, OUT, type OutRow } from './dashboard-queries.ts';
import { EventLine } from './event-line.tsx';

/** What should be back and is out, event by event, and how much counts as lost. */
export function OverdueWidget({ now }: { readonly now: Instant }) {
  const { t } = useTranslation();
  const format = useFormat();
  const events = useLiveQuery<EventToCount>(EVENTS);
  const out = useLiveQuery<OutRow>(OUT);
  const lost = useLiveQuery<LostRow>(LOST).rows[0]?.lost;
  if (events.status !== 'ready' || out.status !== 'ready' || lost === undefined) return null;
  const overdue = overdueEvents(events.rows, new Map(out.rows.map((row) => [row.eventId, row.units])), now);
  return (
    <>
      {overdue.length === 0 ? (
        <p className="flex items-center gap-2 px-4 py-3 text-muted-foreground">
          <Check className="icon text-ok-text" aria-hidden="true" />
          {t('dashboard.nothingOverdue')}
        </p>
      ) : (
        <ul className="max-h-80 overflow-y-auto">
          {overdue.map((event) => (
            <EventLine
              key={event.id}
              event={event}
              when={
                <span className="text-wrong-text">
                  {t('dashboard.pieces', { count: event.units, shown: format.count(event.units) })}
                </span>
              }
              end={t('dashboard.dueBack', { time: format.distance(event.returnAt, now) })}
            />
          ))}
        </ul>
      )}
      <p className="border-t border-rule px-4 py-3 text-muted-foreground">
        {lost === 0 ? (
          t('dashboard.nothingLost')
        ) : (
          <Link to="/board" className="text-primary-text hover:underline">
            {t('dashboard.lost', { count: lost, shown: format.count(lost) })}
          </Link>
        )}
      </p>
    </>
  );
}
