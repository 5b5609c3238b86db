import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { LoadTruckScreen } from '#features/trucks/load-truck-screen.tsx';
import { useGoBack } from './use-go-back.ts';

const route = getRouteApi('/events/$eventId/trucks/$vehicleId');

export function LoadTruckPage() {
  const { eventId, vehicleId } = route.useParams();
  const trucks = useMemo(() => ({ to: '/events/$eventId/trucks', params: { eventId } }) as const, [eventId]);
  return (
    <LoadTruckScreen
      key={`${eventId} ${vehicleId}`}
      eventId={eventId}
      vehicleId={vehicleId}
      onBack={useGoBack(trucks)}
    />
  );
}
