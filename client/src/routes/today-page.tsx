import { useSettleCounts } from '#features/conflicts/use-conflicts.ts';
import { EventRow } from '#features/planning/event-row.tsx';
import { useEventSummaries } from '#features/planning/event-summaries-queries.ts';
import { ListProgress } from '#features/planning/list-progress.tsx';
import { TodayScreen } from '#features/today/today-screen.tsx';

export function TodayPage() {
  const { rows, status } = useEventSummaries();
  return (
    <TodayScreen
      events={rows}
      isReady={status === 'ready'}
      settle={useSettleCounts()}
      progressOf={(event) => <ListProgress eventId={event.id} />}
      rowOf={(event, kind, now) => <EventRow event={event} kind={kind} now={now} />}
    />
  );
}
