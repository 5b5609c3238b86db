import type {
  AssetId,
  EventId,
  ProductId,
  StorageLocationId,
  VehicleId,
} from '@eventkit/shared/kernel/ids.ts';
import { createRoute } from '@tanstack/react-router';
import { type PieceAct, pieceActs } from '#features/pieces/intent-of-pieces.ts';
import { lazyPage } from './lazy-page.ts';
import { listSearch } from './list-search.ts';
import { root } from './root-route.ts';

const scan = createRoute({
  getParentRoute: () => root,
  path: '/scan',
  component: lazyPage(
    ['assets', 'pieces', 'stocktake'],
    () => import('#features/planning/scan-chooser-screen.tsx'),
    'ScanChooserScreen',
  ),
});

const checkIn = createRoute({
  getParentRoute: () => root,
  path: '/check-in',
  staticData: { isWholePhone: true, isScanning: true },
  component: lazyPage(['attachments', 'checkin'], () => import('./check-in-page.tsx'), 'CheckInPage'),
});

const pack = createRoute({
  getParentRoute: () => root,
  path: '/pack',
  staticData: { isWholePhone: true, isScanning: true },
  component: lazyPage(['assets', 'packing'], () => import('./pack-page.tsx'), 'PackPage'),
});

const packCase = createRoute({
  getParentRoute: () => root,
  path: '/pack/$caseId',
  params: {
    parse: ({ caseId }: { caseId: string }) => ({ caseId: caseId as AssetId }),
    stringify: ({ caseId }: { caseId: AssetId }) => ({ caseId }),
  },
  staticData: { isWholePhone: true, isScanning: true },
  component: lazyPage(['assets', 'packing'], () => import('./pack-case-page.tsx'), 'PackCasePage'),
});

const trucks = createRoute({
  getParentRoute: () => root,
  path: '/trucks',
  component: lazyPage(['checkin', 'trucks'], () => import('./trucks-page.tsx'), 'TrucksPage'),
});

const unloadTruck = createRoute({
  getParentRoute: () => root,
  path: '/trucks/$vehicleId/unload',
  params: {
    parse: ({ vehicleId }: { vehicleId: string }) => ({ vehicleId: vehicleId as VehicleId }),
    stringify: ({ vehicleId }: { vehicleId: VehicleId }) => ({ vehicleId }),
  },
  staticData: { isWholePhone: true, isScanning: true },
  component: lazyPage(['checkin', 'trucks'], () => import('./unload-truck-page.tsx'), 'UnloadTruckPage'),
});

const board = createRoute({
  getParentRoute: () => root,
  path: '/board',
  component: lazyPage(['assets', 'attachments'], () => import('./board-page.tsx'), 'BoardPage'),
});

const assets = createRoute({
  getParentRoute: () => root,
  path: '/assets',
  validateSearch: listSearch,
  component: lazyPage(['assets', 'attachments', 'lists'], () => import('./assets-page.tsx'), 'AssetsPage'),
});

const products = createRoute({
  getParentRoute: () => root,
  path: '/products',
  validateSearch: listSearch,
  component: lazyPage(['lists'], () => import('./products-page.tsx'), 'ProductsPage'),
});

const asset = createRoute({
  getParentRoute: () => root,
  path: '/assets/$assetId',
  params: {
    parse: ({ assetId }: { assetId: string }) => ({ assetId: assetId as AssetId }),
    stringify: ({ assetId }: { assetId: AssetId }) => ({ assetId }),
  },
  component: lazyPage(
    ['assets', 'attachments', 'files', 'trash'],
    () => import('./asset-page.tsx'),
    'AssetPage',
  ),
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
  component: lazyPage(['assets', 'checkin', 'pieces'], () => import('./pieces-page.tsx'), 'PiecesPage'),
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
  component: lazyPage([], () => import('./find-page.tsx'), 'FindPage'),
});

export type LabelsSearch = { readonly asset?: AssetId; readonly product?: ProductId; readonly chosen?: true };

const labels = createRoute({
  getParentRoute: () => root,
  path: '/labels',
  validateSearch: (search: Record<string, unknown>): LabelsSearch => ({
    ...(typeof search['asset'] === 'string' ? { asset: search['asset'] as AssetId } : {}),
    ...(typeof search['product'] === 'string' ? { product: search['product'] as ProductId } : {}),
    ...(search['chosen'] === true ? { chosen: true } : {}),
  }),
  staticData: { isWholePhone: true },
  component: lazyPage([], () => import('./labels-page.tsx'), 'LabelsPage'),
});

/** What there is, wherever it lies, and what is done with it. */
export const stockRoutes = [
  scan,
  checkIn,
  pack,
  packCase,
  trucks,
  unloadTruck,
  board,
  assets,
  products,
  asset,
  pieces,
  find,
  labels,
] as const;
