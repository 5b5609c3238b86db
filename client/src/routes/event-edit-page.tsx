import { getRouteApi } from '@tanstack/react-router';
import { EditEventScreen } from '#features/editing/edit-event-screen.tsx';

const route = getRouteApi('/events/$eventId/edit');

export function EventEditPage() {
  const { eventId } = route.useParams();
  return <EditEventScreen key={eventId} eventId={eventId} />;
}
