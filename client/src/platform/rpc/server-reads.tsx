import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';

/** What was read lately need not be asked for again when a person goes back and forth. */
const FRESH_FOR_MS = 300_000;

/**
 * Whether the server can be reached is said by the sync state, better than by the browser; a screen asks when it can,
 * and a person says when to try again. Signing out loads the page anew, so nothing passes from one to the next.
 */
const client = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: false,
      staleTime: FRESH_FOR_MS,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
  },
});

/**
 * For what only the server can answer: around the part of a screen that asks it, never around the whole app, so that
 * screens that scan do not load it. What is on the device is read by live queries.
 */
export function ServerReads({ children }: { readonly children: ReactNode }) {
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
