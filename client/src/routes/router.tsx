import type {
  AssetId,
  EventId,
  ProductId,
  StocktakeId,
  StorageLocationId,
  VehicleId,
} from '@eventkit/shared/kernel/ids.ts';
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { type PieceAct, pieceActs } from '#features/pieces/intent-of-pieces.ts';
import { BrokenPage } from './broken-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { RootPage } from './root-page.tsx';

const root = createRootRoute({ component: RootPage });

const today = createRoute({
  getParentRoute: () => root,
  path: '/',
  staticData: { isOfPlans: true },
  component: lazyRouteComponent(() => import('./today-page.tsx'), 'TodayPage'),
});

const events = createRoute({
  getParentRoute: () => root,
  path: '/events',
  staticData: { isOfPlans: true },
  component: lazyRouteComponent(() => import('#features/planning/events-screen.tsx'), 'EventsScreen'),
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
  component: lazyRouteComponent(() => import('./event-page.tsx'), 'EventPage'),
});

const eventEdit = createRoute({
  getParentRoute: () => root,
  path: '/events/$eventId/edit',
  params: eventParams,
  staticData: { isWholePhone: true, isOfPlans: true },
  component: lazyRouteComponent(() => import('./event-edit-page.tsx'), 'EventEditPage'),
});

const eventScan = createRoute({
  getParentRoute: () => root,
  path: '/events/$eventId/scan',
  params: eventParams,
  staticData: { isWholePhone: true, isScanning: true },
  component: lazyRouteComponent(() => import('./event-scan-page.tsx'), 'EventScanPage'),
});

const scan = createRoute({
  getParentRoute: () => root,
  path: '/scan',
  component: lazyRouteComponent(
    () => import('#features/planning/scan-chooser-screen.tsx'),
    'ScanChooserScreen',
  ),
});

const checkIn = createRoute({
  getParentRoute: () => root,
  path: '/check-in',
  staticData: { isWholePhone: true, isScanning: true },
  component: lazyRouteComponent(() => import('./check-in-page.tsx'), 'CheckInPage'),
});

const pack = createRoute({
  getParentRoute: () => root,
  path: '/pack',
  staticData: { isWholePhone: true, isScanning: true },
  component: lazyRouteComponent(() => import('./pack-page.tsx'), 'PackPage'),
});

const packCase = createRoute({
  getParentRoute: () => root,
  path: '/pack/$caseId',
  params: {
    parse: ({ caseId }: { caseId: string }) => ({ caseId: caseId as AssetId }),
    stringify: ({ caseId }: { caseId: AssetId }) => ({ caseId }),
  },
  staticData: { isWholePhone: true, isScanning: true },
  component: lazyRouteComponent(() => import('./pack-case-page.tsx'), 'PackCasePage'),
});

const eventTrucks = createRoute({
  getParentRoute: () => root,
  path: '/events/$eventId/trucks',
  params: eventParams,
  component: lazyRouteComponent(() => import('./event-trucks-page.tsx'), 'EventTrucksPage'),
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
  component: lazyRouteComponent(() => import('./load-truck-page.tsx'), 'LoadTruckPage'),
});

const trucks = createRoute({
  getParentRoute: () => root,
  path: '/trucks',
  component: lazyRouteComponent(() => import('./trucks-page.tsx'), 'TrucksPage'),
});

const unloadTruck = createRoute({
  getParentRoute: () => root,
  path: '/trucks/$vehicleId/unload',
  params: {
    parse: ({ vehicleId }: { vehicleId: string }) => ({ vehicleId: vehicleId as VehicleId }),
    stringify: ({ vehicleId }: { vehicleId: VehicleId }) => ({ vehicleId }),
  },
  staticData: { isWholePhone: true, isScanning: true },
  component: lazyRouteComponent(() => import('./unload-truck-page.tsx'), 'UnloadTruckPage'),
});

const board = createRoute({
  getParentRoute: () => root,
  path: '/board',
  component: lazyRouteComponent(() => import('./board-page.tsx'), 'BoardPage'),
});

const asset = createRoute({
  getParentRoute: () => root,
  path: '/assets/$assetId',
  params: {
    parse: ({ assetId }: { assetId: string }) => ({ assetId: assetId as AssetId }),
    stringify: ({ assetId }: { assetId: AssetId }) => ({ assetId }),
  },
  component: lazyRouteComponent(() => import('./asset-page.tsx'), 'AssetPage'),
});

export type PiecesSearch = {
  readonly act?: PieceAct;
  readonly product?: ProductId;
  readonly place?: StorageLocationId;
  readonly event?: EventId;
};

const pieces = createRoute({
  getParentRoute: () => root,
  path: '/pieces',
  validateSearch: (search: Record<string, unknown>): PiecesSearch => {
    const act = pieceActs.find((one) => one === search['act']);
    return {
      ...(act === undefined ? {} : { act }),
      ...(typeof search['product'] === 'string' ? { product: search['product'] as ProductId } : {}),
      ...(typeof search['place'] === 'string' ? { place: search['place'] as StorageLocationId } : {}),
      ...(typeof search['event'] === 'string' ? { event: search['event'] as EventId } : {}),
    };
  },
  staticData: { isWholePhone: true, isScanning: true },
  component: lazyRouteComponent(() => import('./pieces-page.tsx'), 'PiecesPage'),
});

const stocktakes = createRoute({
  getParentRoute: () => root,
  path: '/stocktakes',
  component: lazyRouteComponent(() => import('./stocktake-pages.tsx'), 'StocktakesPage'),
});

const stocktakeParams = {
  parse: ({ stocktakeId }: { stocktakeId: string }) => ({ stocktakeId: stocktakeId as StocktakeId }),
  stringify: ({ stocktakeId }: { stocktakeId: StocktakeId }) => ({ stocktakeId }),
};

const stocktakeReview = createRoute({
  getParentRoute: () => root,
  path: '/stocktakes/$stocktakeId',
  params: stocktakeParams,
  staticData: { isWholePhone: true },
  component: lazyRouteComponent(() => import('./stocktake-pages.tsx'), 'ReviewPage'),
});

const stocktakeCount = createRoute({
  getParentRoute: () => root,
  path: '/stocktakes/$stocktakeId/count',
  params: stocktakeParams,
  staticData: { isWholePhone: true, isScanning: true },
  component: lazyRouteComponent(() => import('./stocktake-pages.tsx'), 'CountPage'),
});

export type FindSearch = {
  readonly text?: string;
  readonly product?: ProductId;
  readonly place?: StorageLocationId;
};

const find = createRoute({
  getParentRoute: () => root,
  path: '/find',
  validateSearch: (search: Record<string, unknown>): FindSearch => ({
    ...(typeof search['text'] === 'string' ? { text: search['text'] } : {}),
    ...(typeof search['product'] === 'string' ? { product: search['product'] as ProductId } : {}),
    ...(typeof search['place'] === 'string' ? { place: search['place'] as StorageLocationId } : {}),
  }),
  component: lazyRouteComponent(() => import('./find-page.tsx'), 'FindPage'),
});

export type LabelsSearch = { readonly asset?: AssetId; readonly product?: ProductId };

const labels = createRoute({
  getParentRoute: () => root,
  path: '/labels',
  validateSearch: (search: Record<string, unknown>): LabelsSearch => ({
    ...(typeof search['asset'] === 'string' ? { asset: search['asset'] as AssetId } : {}),
    ...(typeof search['product'] === 'string' ? { product: search['product'] as ProductId } : {}),
  }),
  staticData: { isWholePhone: true },
  component: lazyRouteComponent(() => import('./labels-page.tsx'), 'LabelsPage'),
});

const conflicts = createRoute({
  getParentRoute: () => root,
  path: '/conflicts',
  component: lazyRouteComponent(() => import('./conflicts-page.tsx'), 'ConflictsPage'),
});

const conflict = createRoute({
  getParentRoute: () => root,
  path: '/conflicts/$conflictId',
  component: lazyRouteComponent(() => import('./conflict-page.tsx'), 'ConflictPage'),
});

const outbox = createRoute({
  getParentRoute: () => root,
  path: '/outbox',
  staticData: { isOfPlans: true },
  component: lazyRouteComponent(() => import('#features/outbox/outbox-screen.tsx'), 'OutboxScreen'),
});

export type ReadySearch = { readonly event?: EventId };

const ready = createRoute({
  getParentRoute: () => root,
  path: '/ready',
  staticData: { isOfPlans: true },
  validateSearch: (search: Record<string, unknown>): ReadySearch =>
    typeof search['event'] === 'string' ? { event: search['event'] as EventId } : {},
  component: lazyRouteComponent(() => import('./ready-page.tsx'), 'ReadyPage'),
});

const health = createRoute({
  getParentRoute: () => root,
  path: '/sync-health',
  staticData: { isOfPlans: true },
  component: lazyRouteComponent(() => import('#features/health/sync-health-screen.tsx'), 'SyncHealthScreen'),
});

const more = createRoute({
  getParentRoute: () => root,
  path: '/more',
  staticData: { isOfPlans: true },
  component: lazyRouteComponent(() => import('./more-page.tsx'), 'MorePage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    today,
    events,
    event,
    eventEdit,
    eventScan,
    scan,
    checkIn,
    pack,
    packCase,
    pieces,
    eventTrucks,
    loadTruck,
    trucks,
    unloadTruck,
    board,
    stocktakes,
    stocktakeReview,
    stocktakeCount,
    asset,
    find,
    labels,
    conflicts,
    conflict,
    outbox,
    ready,
    health,
    more,
  ]),
  // Every route's code is on the device already; loading it ahead only takes the time of the first frame.
  defaultPreload: 'intent',
  defaultErrorComponent: BrokenPage,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface merges with the library's own
  interface Register {
    router: typeof router;
  }
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface merges with the library's own
  interface StaticDataRouteOption {
    /** The screen brings its own thumb bar, so the bottom bar of phones stays away. */
    isWholePhone?: boolean;
    /** The screen makes sense before the stock is here, by events and pull lists alone. */
    isOfPlans?: boolean;
    /** The screen takes scanned codes itself; elsewhere they are looked up. */
    isScanning?: boolean;
  }
}
