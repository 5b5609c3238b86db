import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { Link } from '@tanstack/react-router';
import { ScanLine } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { useMayScan } from '#platform/live/use-may-scan.ts';
import { buttonClass } from '#ui/button-class.ts';
import { EventGlyph } from '#ui/event-glyph.tsx';
import type { TodayEvent } from './today-event.ts';

/** The one thing to do now. `progress` is what another feature knows of its list. */
export function NextEventCard({
  event,
  now,
  progress,
}: {
  readonly event: TodayEvent;
  readonly now: Instant;
  readonly progress: ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const mayScan = useMayScan();
  return (
    <section
      aria-label={event.name}
      className="mx-4 mb-2 rounded-panel border border-input bg-card p-4 pb-2 laptop:mt-4 laptop:mb-4"
    >
      <div className="flex items-center gap-2 text-muted-foreground">
        <EventGlyph state={event.status} className="size-4" />
        <span className="flex-1 truncate">{t('today.next')}</span>
        <span>
          {t('today.loads')}{' '}
          <b className={`ps-1 font-semibold ${event.loadAt < now ? 'text-wrong-text' : 'text-foreground'}`}>
            {format.shortMoment(event.loadAt, now)}
          </b>
        </span>
      </div>
      <h2 className="mt-1 line-clamp-2 text-[20px] leading-tight text-balance narrow">
        <Link to="/events/$eventId" params={{ eventId: event.id }} className="hover:underline">
          {event.name}
        </Link>
      </h2>
      <p className="truncate text-muted-foreground">
        {[event.clientName, event.venue].filter((part) => part !== '').join(' · ')}
      </p>
      {progress}
      <div className="-mx-2 mt-3 flex flex-col gap-1 tablet:mx-0 tablet:mb-2 tablet:flex-row tablet:gap-2">
        {mayScan && (
          <Link
            to="/events/$eventId/scan"
            params={{ eventId: event.id }}
            className={buttonClass(
              'primary',
              'main',
              'tablet:min-h-10 tablet:px-5 tablet:text-[14px] tablet:gap-2',
            )}
          >
            <ScanLine className="icon-lg tablet:icon" aria-hidden="true" />
            {event.scanned === 0 ? t('today.startScanning') : t('today.keepScanning')}
          </Link>
        )}
        <Link
          to="/events/$eventId"
          params={{ eventId: event.id }}
          className={buttonClass('quiet', 'control', 'tablet:min-h-10 tablet:px-4 tablet:text-[14px]')}
        >
          {t('today.openList')}
        </Link>
      </div>
    </section>
  );
}
