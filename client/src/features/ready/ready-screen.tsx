import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { useDevice, usePlatform, useSyncState } from '#platform/live/replica-context.tsx';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { useObservable } from '#platform/live/use-observable.ts';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { CheckRow } from './check-row.tsx';
import { EventChoice } from './event-choice.tsx';
import { judgeReady } from './judge-ready.ts';
import { READY_COUNTS, type ReadyCounts, ROAD_EVENTS, type RoadEvent } from './ready-queries.ts';
import { ReadyVerdict } from './ready-verdict.tsx';

/** Before the truck leaves: can this device work alone? Each question has a plain answer and a tap that mends it. */
export function ReadyScreen({
  eventId,
  onChoose,
}: {
  /** Null: the next event. */
  readonly eventId: EventId | null;
  readonly onChoose: (eventId: EventId) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { pwa } = usePlatform();
  const { name } = useDevice();
  const sync = useSyncState();
  const isAppKept = useObservable(pwa.isKept);
  const install = useObservable(pwa.install);
  const [openedAt] = useState(nowForDisplay);
  const events = useLiveQuery<RoadEvent>(ROAD_EVENTS, [openedAt]);
  const chosenId = eventId ?? events.rows[0]?.id ?? null;
  const [counts] = useLiveQuery<ReadyCounts>(READY_COUNTS, [chosenId]).rows;
  const now = nowForDisplay();

  return (
    <Screen
      header={
        <ScreenHeader
          back={<BackToMore />}
          title={t('ready.title')}
          facts={`${name} · ${format.timeOrDay(now, now)}`}
        />
      }
    >
      <div className="grid max-w-3xl gap-4 px-4 pb-4">
        <EventChoice events={events.rows} chosenId={chosenId} now={now} onChoose={onChoose} />
        {counts !== undefined && events.status !== 'loading' && (
          <Checks
            checks={judgeReady({
              sync,
              isAppKept,
              install,
              codeCount: counts.codeCount,
              event: chosenId === null ? null : counts.isHere === 0 ? 'missing' : counts,
              now,
            })}
          />
        )}
      </div>
    </Screen>
  );
}

function Checks({ checks }: { readonly checks: ReturnType<typeof judgeReady> }) {
  const { t } = useTranslation();
  return (
    <>
      <ReadyVerdict checks={checks} />
      <ul aria-label={t('ready.checks')} className="-mx-4 border-t border-border tablet:mx-0">
        {checks.map((check) => (
          <CheckRow key={check.id} check={check} />
        ))}
      </ul>
    </>
  );
}

function BackToMore() {
  const { t } = useTranslation();
  return (
    <Link
      to="/more"
      aria-label={t('common.back')}
      className="grid size-12 place-items-center text-muted-foreground"
    >
      <ChevronLeft className="icon-lg" />
    </Link>
  );
}
