import type { StocktakeId } from '@eventkit/shared/kernel/ids.ts';
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from './lazy-page.ts';
import { root } from './root-route.ts';

const stocktakes = createRoute({
  getParentRoute: () => root,
  path: '/stocktakes',
  component: lazyPage(['stocktake'], () => import('./stocktake-pages.tsx'), 'StocktakesPage'),
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
  component: lazyPage(['stocktake'], () => import('./stocktake-pages.tsx'), 'ReviewPage'),
});

const stocktakeCount = createRoute({
  getParentRoute: () => root,
  path: '/stocktakes/$stocktakeId/count',
  params: stocktakeParams,
  staticData: { isWholePhone: true, isScanning: true },
  component: lazyPage(['stocktake'], () => import('./stocktake-pages.tsx'), 'CountPage'),
});

/** Counting what there is. */
export const stocktakeRoutes = [stocktakes, stocktakeReview, stocktakeCount] as const;
