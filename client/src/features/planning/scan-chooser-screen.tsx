import { Link } from '@tanstack/react-router';
import {
  Calculator,
  ChevronRight,
  ClipboardList,
  PackageCheck,
  PackagePlus,
  Truck,
  Wrench,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { useEventSummaries } from './event-summaries-queries.ts';
import { scannable } from './split-by-time.ts';

const OFFERED_COUNT = 8;

/** Which job the next scans belong to: out to an event, back in, or into a case. */
export function ScanChooserScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const { rows } = useEventSummaries();
  const now = nowForDisplay();
  const events = scannable(rows, now).slice(0, OFFERED_COUNT);
  return (
    <Screen header={<ScreenHeader title={t('planning.scanFor')} facts={t('planning.scanForNote')} />}>
      <ul className="max-w-3xl border-t border-border">
        {events.map((event) => (
          <li key={event.id}>
            <Link
              to="/events/$eventId/scan"
              params={{ eventId: event.id }}
              className="grid min-h-18 grid-cols-[5rem_1fr_auto] items-center gap-x-3 border-b border-rule px-4 py-2 hover:bg-hover active:bg-hover"
            >
              <span className="text-[16px] leading-tight font-semibold narrow">
                {format.shortMoment(event.loadAt, now)}
              </span>
              <span className="min-w-0">
                <span className="block truncate text-[16px] font-medium">{event.name}</span>
                <span className="block truncate text-[14px] text-muted-foreground">
                  {t(`planning.status.${event.status}`)} · {event.venue}
                </span>
              </span>
              <span className="text-[16px] whitespace-nowrap narrow">
                {format.count(event.scanned)}
                <span className="text-muted-foreground">/{format.count(event.wanted)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <div className="max-w-3xl">
        <SectionHeading>{t('planning.otherScans')}</SectionHeading>
        <JobLink to="/check-in" icon={<PackageCheck className="icon-lg" />} hint={t('planning.checkInHint')}>
          {t('shell.nav.checkIn')}
        </JobLink>
        <JobLink to="/pack" icon={<PackagePlus className="icon-lg" />} hint={t('planning.packHint')}>
          {t('shell.nav.pack')}
        </JobLink>
        <JobLink to="/pieces" icon={<Calculator className="icon-lg" />} hint={t('pieces.listHint')}>
          {t('pieces.list')}
        </JobLink>
        <JobLink to="/trucks" icon={<Truck className="icon-lg" />} hint={t('planning.trucksHint')}>
          {t('shell.nav.trucks')}
        </JobLink>
        <JobLink to="/board" icon={<Wrench className="icon-lg" />} hint={t('assets.board.facts')}>
          {t('assets.board.title')}
        </JobLink>
        <JobLink to="/stocktakes" icon={<ClipboardList className="icon-lg" />} hint={t('stocktake.facts')}>
          {t('shell.nav.stocktakes')}
        </JobLink>
      </div>
    </Screen>
  );
}

function JobLink({
  to,
  icon,
  hint,
  children,
}: {
  readonly to: '/check-in' | '/pack' | '/pieces' | '/stocktakes' | '/trucks' | '/board';
  readonly icon: ReactNode;
  readonly hint: string;
  readonly children: string;
}) {
  return (
    <Link
      to={to}
      className="flex min-h-18 items-center gap-4 border-b border-rule px-4 py-2 hover:bg-hover active:bg-hover"
    >
      <span className="text-muted-foreground">{icon}</span>
      <span className="min-w-0 flex-1">
        <span className="block text-[16px] font-medium">{children}</span>
        <span className="block text-[14px] text-muted-foreground">{hint}</span>
      </span>
      <ChevronRight className="icon-lg text-faint-foreground" aria-hidden="true" />
    </Link>
  );
}
