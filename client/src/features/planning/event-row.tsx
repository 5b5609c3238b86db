import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { Link } from '@tanstack/react-router';
import { ArrowDownLeft, ArrowUpRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { useIsStockHere } from '#platform/live/replica-context.tsx';
import { classNames } from '#ui/class-names.ts';
import { EventGlyph } from '#ui/event-glyph.tsx';
import { Ticks } from '#ui/ticks.tsx';
import { EventChip } from './event-chip.tsx';
import type { EventSummary } from './event-summaries-queries.ts';

const DESKTOP_TICKS = 24;

type Shown = Omit<EventSummary, 'startsAt' | 'endsAt'>;

/**
 * An event in a line: when, which way or how it stands, what, how far. `leaving` and `out` say when it loads or comes
 * back and whether that is late; `listed` says its load time and its state.
 */
export function EventRow({
  event,
  kind,
  now,
}: {
  readonly event: Shown;
  readonly kind: 'leaving' | 'out' | 'listed';
  readonly now: Instant;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const isStockHere = useIsStockHere();
  const counts = { done: isStockHere ? format.count(event.scanned) : '–', of: format.count(event.wanted) };
  return (
    <li className="border-b border-rule">
      <Link
        to="/events/$eventId"
        params={{ eventId: event.id }}
        className={classNames(
          'grid min-h-16 grid-cols-[5.25rem_1.5rem_1fr_auto] items-center gap-x-2 px-4 py-2 hover:bg-hover focus-visible:-outline-offset-2 tablet:min-h-10 tablet:gap-x-3',
          kind === 'listed'
            ? 'tablet:grid-cols-[8rem_8.5rem_1.4fr_1fr_13rem]'
            : 'tablet:grid-cols-[6.5rem_1.25rem_1.4fr_1fr_13rem]',
        )}
      >
        <When event={event} kind={kind} now={now} />
        <Mark event={event} kind={kind} />
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
        <span className="flex items-center gap-3">
          <Ticks
            className="hidden min-w-0 flex-1 tablet:flex"
            wanted={event.wanted}
            scanned={event.scanned}
            most={DESKTOP_TICKS}
            label={t('planning.progress', counts)}
          />
          <span className="text-end text-[15px] whitespace-nowrap narrow tablet:w-16 tablet:text-[13px]">
            {counts.done}
            <span className="text-muted-foreground">/{counts.of}</span>
          </span>
        </span>
      </Link>
    </li>
  );
}

type Part = { readonly event: Shown; readonly kind: 'leaving' | 'out' | 'listed' };

function When({ event, kind, now }: Part & { readonly now: Instant }) {
  const format = useFormat();
  if (kind === 'listed') {
    return (
      <span className="text-[15px] leading-tight font-semibold narrow">
        {format.time(event.loadAt)}
        <span className="block text-[13px] font-normal text-muted-foreground tablet:inline tablet:ps-2 tablet:text-[12px]">
          {format.day(event.loadAt)}
        </span>
      </span>
    );
  }
  const at = kind === 'leaving' ? event.loadAt : event.returnAt;
  return (
    <span
      className={classNames(
        'text-[16px] leading-tight font-semibold narrower tablet:text-[17px]',
        at < now && 'text-wrong-text',
      )}
    >
      {format.shortMoment(at, now)}
    </span>
  );
}

function Mark({ event, kind }: Part) {
  const { t } = useTranslation();
  switch (kind) {
    case 'leaving':
      return <ArrowUpRight className="icon-lg text-primary-text tablet:icon" aria-label={t('today.loads')} />;
    case 'out':
      return <ArrowDownLeft className="icon-lg text-ok-text tablet:icon" aria-label={t('today.returns')} />;
    case 'listed':
      return (
        <>
          <span className="tablet:hidden">
            <EventGlyph state={event.status} className="size-5" />
            <span className="sr-only">{t(`planning.status.${event.status}`)}</span>
          </span>
          <span className="hidden tablet:block">
            <EventChip status={event.status} />
          </span>
        </>
      );
  }
}
