import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { Link } from '@tanstack/react-router';
import { CalendarDays, Search, ShieldAlert, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import {
  useDevice,
  useIsStockHere,
  usePlatform,
  useSession,
  useSyncState,
} from '#platform/live/replica-context.tsx';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { useObservable } from '#platform/live/use-observable.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { EventsToCome } from './events-to-come.tsx';
import { NextEventCard } from './next-event-card.tsx';
import { readAgenda } from './read-agenda.ts';
import { READINESS, type Readiness } from './readiness-queries.ts';
import { type SettleCounts, SettleStrip } from './settle-strip.tsx';
import type { TodayEvent } from './today-event.ts';

/** The day from the dock: what leaves next, what comes after, what is to settle, and whether the signal may go. */
export function TodayScreen({
  events,
  isReady,
  settle,
  progressOf,
  rowOf,
}: {
  readonly events: readonly TodayEvent[];
  /** False while the events are being read for the first time. */
  readonly isReady: boolean;
  readonly settle: SettleCounts;
  /** How far an event's list is, drawn by the feature that knows lists. */
  readonly progressOf: (event: TodayEvent) => ReactNode;
  /** The line of an event that leaves or is out, drawn by the feature that knows events. */
  readonly rowOf: (event: TodayEvent, kind: 'leaving' | 'out', now: Instant) => ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const session = useSession();
  const device = useDevice();
  const isStockHere = useIsStockHere();
  const now = nowForDisplay();
  const agenda = readAgenda(events, now);
  const isEmpty = agenda.next === null && agenda.leaving.length === 0 && agenda.out.length === 0;
  return (
    <Screen
      header={
        <ScreenHeader
          title={<span className="text-[24px] tablet:text-[20px]">{format.longDay(now)}</span>}
          facts={`${session.name} · ${device.name}`}
          actions={
            <Link
              to="/find"
              aria-label={t('common.search')}
              className="grid size-12 place-items-center text-muted-foreground tablet:hidden"
            >
              <Search className="icon-lg" />
            </Link>
          }
        />
      }
    >
      <div className="flex-1 laptop:grid laptop:grid-cols-[minmax(0,1fr)_22rem] laptop:border-t laptop:border-border">
        <div className="min-w-0">
          {agenda.next !== null && (
            <NextEventCard event={agenda.next} now={now} progress={progressOf(agenda.next)} />
          )}
          {isEmpty && isReady && (
            <EmptyState icon={<CalendarDays />} title={t('today.emptyTitle')}>
              {t('today.emptyText')}
            </EmptyState>
          )}
          <EventsToCome
            kind="leaving"
            events={agenda.leaving}
            rowOf={(event) => rowOf(event, 'leaving', now)}
          />
          <EventsToCome kind="out" events={agenda.out} rowOf={(event) => rowOf(event, 'out', now)} />
        </div>
        <div className="min-w-0 laptop:border-s laptop:border-border">
          {isStockHere && <SettleStrip counts={settle} />}
          <ReadinessLine now={now} />
        </div>
      </div>
    </Screen>
  );
}

function ReadinessLine({ now }: { readonly now: Instant }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { download } = useSyncState();
  const isKept = useObservable(usePlatform().pwa.isKept);
  const [counts] = useLiveQuery<Readiness>(READINESS).rows;
  if (counts === undefined) return null;
  const isReady = download.hasSynced && download.lastSyncedAt !== null && isKept;
  return (
    <p className="flex items-center gap-3 px-4 py-4 text-muted-foreground">
      {isReady ? (
        <ShieldCheck className="size-7 flex-none text-ok-text" aria-hidden="true" />
      ) : (
        <ShieldAlert className="size-7 flex-none" aria-hidden="true" />
      )}
      {isReady && download.lastSyncedAt !== null
        ? t('today.ready', {
            events: format.count(counts.events),
            codes: format.count(counts.codes),
            time: format.timeOrDay(download.lastSyncedAt, now),
          })
        : t('today.notReady')}
    </p>
  );
}
