import { createRouter } from '@tanstack/react-router';
import { BrokenPage } from './broken-page.tsx';
import { deviceRoutes } from './device-routes.ts';
import { eventRoutes } from './event-routes.ts';
import { NotFoundPage } from './not-found-page.tsx';
import { root } from './root-route.ts';
import { stockRoutes } from './stock-routes.ts';
import { stocktakeRoutes } from './stocktake-routes.ts';

export const router = createRouter({
  routeTree: root.addChildren([...deviceRoutes, ...eventRoutes, ...stockRoutes, ...stocktakeRoutes]),
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
