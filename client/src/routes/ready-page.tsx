import { getRouteApi } from '@tanstack/react-router';
import { ReadyScreen } from '#features/ready/ready-screen.tsx';

const route = getRouteApi('/ready');

export function ReadyPage() {
  const { event = null } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <ReadyScreen
      eventId={event}
      onChoose={(chosen) => void navigate({ search: { event: chosen }, replace: true })}
    />
  );
}
