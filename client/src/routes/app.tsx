import { RouterProvider } from '@tanstack/react-router';
import { useCallback, useRef } from 'react';
import { StartGate } from '#features/session/start-gate.tsx';
import { ErrorBoundary } from '#features/shell/error-boundary.tsx';
import type { Platform } from '#platform/platform.ts';
import type { PlatformStart } from '#platform/start-platform.ts';
import { router } from './router.tsx';

/** The whole app around one way of starting the platform. */
export function App({ start }: { readonly start: () => Promise<PlatformStart> }) {
  const platform = useRef<Platform | null>(null);
  const keep = useCallback((ready: Platform) => {
    platform.current = ready;
  }, []);
  return (
    <ErrorBoundary waitingCount={() => platform.current?.sync.state.current().waitingCount ?? null}>
      <StartGate start={start} onReady={keep}>
        <RouterProvider router={router} />
      </StartGate>
    </ErrorBoundary>
  );
}
