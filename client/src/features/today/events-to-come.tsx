import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { Link } from '@tanstack/react-router';
import { ArrowDownLeft, ArrowUpRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { SectionHeading } from '#ui/section-heading.tsx';
import { Ticks } from '#ui/ticks.tsx';
import type { TodayEvent } from './today-event.ts';

const DESKTOP_TICKS = 24;

/** Events in a line each: when, which way, what, how far. */
export function EventsToCome({
  kind,
  events,
  now,
}: {
  readonly kind: 'leaving' | 'out';
  readonly events: readonly TodayEvent[];
  readonly now: Instant;
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
          <EventLine key={event.id} event={event} isLeaving={isLeaving} now={now} />
        ))}
      </ul>
    </section>
  );
}

function EventLine({
  event,
  isLeaving,
  now,
}: {
  readonly event: TodayEvent;
  readonly isLeaving: boolean;
  readonly now: Instant;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const at = isLeaving ? event.loadAt : event.returnAt;
  const isLate = at < now;
  const progress = t('today.progress', {
    done: format.count(event.scanned),
    of: format.count(event.wanted),
  });
  return (
    <li className="border-b border-rule">
      <Link
        to="/events/$eventId"
        params={{ eventId: event.id }}
        className="grid min-h-16 grid-cols-[4.75rem_1.5rem_1fr_auto] items-center gap-x-2 px-4 py-2 hover:bg-hover focus-visible:-outline-offset-2 tablet:min-h-10 tablet:grid-cols-[6.5rem_1.25rem_1.4fr_1fr_13rem] tablet:gap-x-3"
      >
        <span
          className={`text-[16px] leading-tight font-semibold narrower tablet:text-[17px] ${isLate ? 'text-wrong-text' : ''}`}
        >
          {format.shortMoment(at, now)}
        </span>
        {isLeaving ? (
          <ArrowUpRight className="icon-lg text-primary-text tablet:icon" aria-label={t('today.loads')} />
        ) : (
          <ArrowDownLeft className="icon-lg text-ok-text tablet:icon" aria-label={t('today.returns')} />
        )}
        <span className="min-w-0">
          <span className="block truncate text-[16px] font-medium tablet:text-[13px] tablet:font-semibold">
            {event.name}
          </span>
          <span className="block truncate text-[14px] text-muted-foreground tablet:hidden">
            {event.venue}
          </span>
        </span>
        <span className="hidden min-w-0 truncate text-muted-foreground tablet:block">{event.venue}</span>
        <span className="flex items-center gap-3">
          <Ticks
            className="hidden min-w-0 flex-1 tablet:flex"
            wanted={event.wanted}
            scanned={event.scanned}
            most={DESKTOP_TICKS}
            label={progress}
          />
          <span className="text-right text-[15px] whitespace-nowrap narrow tablet:w-16 tablet:text-[13px]">
            {format.count(event.scanned)}
            <span className="text-muted-foreground">/{format.count(event.wanted)}</span>
          </span>
        </span>
      </Link>
    </li>
  );
}
