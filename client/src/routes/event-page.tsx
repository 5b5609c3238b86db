import { getRouteApi } from '@tanstack/react-router';
import { EventScreen } from '#features/planning/event-screen.tsx';
import { useSyncState } from '#platform/live/replica-context.tsx';

const route = getRouteApi('/events/$eventId');

export function EventPage() {
  const { eventId } = route.useParams();
  const { download } = useSyncState();
  return <EventScreen key={eventId} eventId={eventId} stockAsOf={download.lastSyncedAt} />;
}
