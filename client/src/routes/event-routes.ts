import type { EventId, VehicleId } from '@eventkit/shared/kernel/ids.ts';
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from './lazy-page.ts';
import { root } from './root-route.ts';

const events = createRoute({
  getParentRoute: () => root,
  path: '/events',
  staticData: { isOfPlans: true },
  component: lazyPage([], () => import('#features/planning/events-screen.tsx'), 'EventsScreen'),
});

const eventParams = {
  parse: ({ eventId }: { eventId: string }) => ({ eventId: eventId as EventId }),
  stringify: ({ eventId }: { eventId: EventId }) => ({ eventId }),
};

const event = createRoute({
  getParentRoute: () => root,
  path: '/events/$eventId',
  params: eventParams,
  staticData: { isWholePhone: true, isOfPlans: true },
  component: lazyPage(['files'], () => import('./event-page.tsx'), 'EventPage'),
});

const eventEdit = createRoute({
  getParentRoute: () => root,
  path: '/events/$eventId/edit',
  params: eventParams,
  staticData: { isWholePhone: true, isOfPlans: true },
  component: lazyPage(['trash'], () => import('./event-edit-page.tsx'), 'EventEditPage'),
});

const eventScan = createRoute({
  getParentRoute: () => root,
  path: '/events/$eventId/scan',
  params: eventParams,
  staticData: { isWholePhone: true, isScanning: true },
  component: lazyPage([], () => import('./event-scan-page.tsx'), 'EventScanPage'),
});

const eventTrucks = createRoute({
  getParentRoute: () => root,
  path: '/events/$eventId/trucks',
  params: eventParams,
  component: lazyPage(['checkin', 'trucks'], () => import('./event-trucks-page.tsx'), 'EventTrucksPage'),
});

const loadTruck = createRoute({
  getParentRoute: () => root,
  path: '/events/$eventId/trucks/$vehicleId',
  params: {
    parse: ({ eventId, vehicleId }: { eventId: string; vehicleId: string }) => ({
      eventId: eventId as EventId,
      vehicleId: vehicleId as VehicleId,
    }),
    stringify: ({ eventId, vehicleId }: { eventId: EventId; vehicleId: VehicleId }) => ({
      eventId,
      vehicleId,
    }),
  },
  staticData: { isWholePhone: true, isScanning: true },
  component: lazyPage(
    ['attachments', 'checkin', 'trucks'],
    () => import('./load-truck-page.tsx'),
    'LoadTruckPage',
  ),
});

/** What is planned for events, and what goes out for them. */
export const eventRoutes = [events, event, eventEdit, eventScan, eventTrucks, loadTruck] as const;
