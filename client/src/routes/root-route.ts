import { createRootRoute } from '@tanstack/react-router';
import { RootPage } from './root-page.tsx';

/** Around every screen. */
export const root = createRootRoute({ component: RootPage });
