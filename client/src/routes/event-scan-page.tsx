import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { ScanScreen } from '#features/scanning/scan-screen.tsx';
import { useGoBack } from './use-go-back.ts';

const route = getRouteApi('/events/$eventId/scan');

export function EventScanPage() {
  const { eventId } = route.useParams();
  const event = useMemo(() => ({ to: '/events/$eventId', params: { eventId } }) as const, [eventId]);
  return <ScanScreen key={eventId} eventId={eventId} onBack={useGoBack(event)} />;
}
