import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SectionHeading } from '#ui/section-heading.tsx';
import type { TodayEvent } from './today-event.ts';

/** Events in a line each, under what they have in common. */
export function EventsToCome({
  kind,
  events,
  rowOf,
}: {
  readonly kind: 'leaving' | 'out';
  readonly events: readonly TodayEvent[];
  /** The line of an event, drawn by the feature that knows events. */
  readonly rowOf: (event: TodayEvent) => ReactNode;
}) {
  const { t } = useTranslation();
  if (events.length === 0) return null;
  const isLeaving = kind === 'leaving';
  return (
    <section>
      <SectionHeading
        note={isLeaving ? t('today.comingUpNote') : t('today.backNote')}
        end={
          isLeaving ? (
            <Link to="/events" className="text-primary-text hover:underline">
              {t('today.allEvents')}
            </Link>
          ) : undefined
        }
      >
        {isLeaving ? t('today.comingUp') : t('today.backToday')}
      </SectionHeading>
      <ul>
        {events.map((event) => (
          <Fragment key={event.id}>{rowOf(event)}</Fragment>
        ))}
      </ul>
    </section>
  );
}
