import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { FleetScreen } from '#features/trucks/fleet-screen.tsx';
import { useGoBack } from './use-go-back.ts';

const route = getRouteApi('/events/$eventId/trucks');

export function EventTrucksPage() {
  const { eventId } = route.useParams();
  const event = useMemo(() => ({ to: '/events/$eventId', params: { eventId } }) as const, [eventId]);
  return <FleetScreen eventId={eventId} onBack={useGoBack(event)} />;
}
