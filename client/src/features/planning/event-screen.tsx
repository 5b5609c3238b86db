import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { Link } from '@tanstack/react-router';
import {
  CalendarX,
  ChevronLeft,
  ChevronRight,
  History,
  ListChecks,
  PackageCheck,
  PencilLine,
  ScanLine,
  Truck,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { PlanChangesBanner } from '#platform/edits/view/plan-changes-banner.tsx';
import { RecordFiles } from '#platform/files/view/record-files.tsx';
import { useIsStockHere, useSession } from '#platform/live/replica-context.tsx';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { useMayScan } from '#platform/live/use-may-scan.ts';
import { buttonClass } from '#ui/button-class.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { ThumbBar } from '#ui/thumb-bar.tsx';
import { EventChip } from './event-chip.tsx';
import { MissingList } from './missing-list.tsx';
import { PhaseLine } from './phase-line.tsx';
import { ProgressHead } from './progress-head.tsx';
import { EVENT_BY_ID, type EventRow } from './pull-list-queries.ts';
import { PullListTable } from './pull-list-table.tsx';
import { UnlistedList } from './unlisted-list.tsx';
import { usePullList } from './use-pull-list.ts';

/** "47 of 52, missing: here": how far an event is, where the rest lies, and the two ways on. */
export function EventScreen({
  eventId,
  stockAsOf,
}: {
  readonly eventId: EventId;
  readonly stockAsOf: Instant | null;
}) {
  const { t } = useTranslation();
  const { rows, status } = useLiveQuery<EventRow>(EVENT_BY_ID, [eventId]);
  const list = usePullList(eventId);
  const isStockHere = useIsStockHere();
  const [event] = rows;

  if (event === undefined) {
    return status === 'loading' ? null : (
      <EmptyState icon={<CalendarX />} title={t('planning.goneTitle')}>
        {t('planning.goneText')}
      </EmptyState>
    );
  }
  const place = [event.clientName, event.venue].filter((part) => part !== '').join(', ');
  return (
    <Screen
      header={
        <ScreenHeader
          back={<BackToEvents />}
          title={event.name}
          facts={`${t(`planning.status.${event.status}`)} · ${place}`}
          actions={
            <>
              <span className="hidden tablet:block">
                <EventChip status={event.status} />
              </span>
              <EditLink eventId={eventId} />
              <span className="hidden gap-2 tablet:flex">
                <Link to="/ready" search={{ event: eventId }} className={buttonClass('quiet', 'control')}>
                  <Truck className="icon" aria-hidden="true" />
                  {t('shell.nav.ready')}
                </Link>
                <Acts eventId={eventId} size="control" />
              </span>
            </>
          }
        />
      }
      footer={
        <div className="tablet:hidden">
          <ThumbBar>
            <Acts eventId={eventId} size="touch" />
          </ThumbBar>
        </div>
      }
    >
      <PhaseLine event={event} />
      <Link
        to="/ready"
        search={{ event: eventId }}
        className="flex min-h-12 items-center gap-3 border-t border-rule px-4 active:bg-hover tablet:hidden"
      >
        <Truck className="icon text-muted-foreground" aria-hidden="true" />
        <span className="flex-1">{t('shell.nav.ready')}</span>
        <ChevronRight className="icon-lg text-faint-foreground" aria-hidden="true" />
      </Link>
      <PlanChangesBanner eventId={eventId} />
      {list !== null && (
        <div className="flex-1 tablet:grid tablet:grid-cols-[minmax(0,1fr)_20rem] tablet:border-t tablet:border-border laptop:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="min-w-0 tablet:order-2 tablet:border-s tablet:border-border">
            <ProgressHead list={list} />
            {isStockHere && <MissingList list={list} stockAsOf={stockAsOf} />}
            {isStockHere && <UnlistedList eventId={eventId} products={list.unlisted} />}
            <RecordFiles subject={{ kind: 'event', id: eventId }} />
          </div>
          <div className="min-w-0">
            {list.lines.length === 0 ? (
              <EmptyState icon={<ListChecks />} title={t('planning.noLinesTitle')}>
                {t('planning.noLinesText')}
              </EmptyState>
            ) : (
              <PullListTable lines={list.lines} />
            )}
          </div>
        </div>
      )}
    </Screen>
  );
}

function BackToEvents() {
  const { t } = useTranslation();
  return (
    <Link
      to="/events"
      aria-label={t('common.back')}
      className="grid size-12 place-items-center text-muted-foreground"
    >
      <ChevronLeft className="icon-lg" />
    </Link>
  );
}

/** For planners the way to change the plan, for everybody else to what was changed. */
function EditLink({ eventId }: { readonly eventId: EventId }) {
  const { t } = useTranslation();
  const mayPlan = useSession().permissions.includes('planning:write');
  return (
    <Link
      to="/events/$eventId/edit"
      params={{ eventId }}
      className={buttonClass('secondary', 'control')}
      aria-keyshortcuts="e"
    >
      {mayPlan ? (
        <PencilLine className="icon" aria-hidden="true" />
      ) : (
        <History className="icon" aria-hidden="true" />
      )}
      {t(mayPlan ? 'editing.edit' : 'editing.changes')}
    </Link>
  );
}

function Acts({ eventId, size }: { readonly eventId: EventId; readonly size: 'touch' | 'control' }) {
  const { t } = useTranslation();
  const mayScan = useMayScan();
  return (
    <>
      {mayScan && (
        <Link
          to="/check-in"
          className={buttonClass('secondary', size, size === 'touch' ? 'flex-1' : '')}
          aria-keyshortcuts="r"
        >
          <PackageCheck className={size === 'touch' ? 'icon-lg' : 'icon'} aria-hidden="true" />
          {t('planning.checkIn')}
        </Link>
      )}
      <Link
        to="/events/$eventId/trucks"
        params={{ eventId }}
        className={buttonClass('secondary', size, size === 'touch' ? 'flex-1' : '')}
        aria-keyshortcuts="t"
      >
        <Truck className={size === 'touch' ? 'icon-lg' : 'icon'} aria-hidden="true" />
        {t('planning.trucks')}
      </Link>
      {mayScan && (
        <Link
          to="/events/$eventId/scan"
          params={{ eventId }}
          className={buttonClass('primary', size, size === 'touch' ? 'flex-[1.6]' : '')}
          aria-keyshortcuts="s"
        >
          <ScanLine className={size === 'touch' ? 'icon-lg' : 'icon'} aria-hidden="true" />
          {t('planning.scan')}
        </Link>
      )}
    </>
  );
}
