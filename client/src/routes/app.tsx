import { RouterProvider } from '@tanstack/react-router';
import { useCallback, useRef } from 'react';
import { StartGate } from '#features/session/start-gate.tsx';
import { SharedDeviceGate } from '#features/shared-device/shared-device-gate.tsx';
import { ErrorBoundary } from '#features/shell/error-boundary.tsx';
import type { Platform } from '#platform/platform.ts';
import type { CodeDesk } from '#platform/scanner/code-desk.ts';
import { CodeDeskProvider } from '#platform/scanner/code-desk-context.tsx';
import type { Opening, PlatformStart } from '#platform/start-platform.ts';
import { router } from './router.tsx';

/** The whole app around one way of starting the platform and the desk where scanned codes arrive. */
export function App({
  start,
  codeDesk,
}: {
  readonly start: (opening: Opening) => Promise<PlatformStart>;
  readonly codeDesk: CodeDesk;
}) {
  const platform = useRef<Platform | null>(null);
  const keep = useCallback((ready: Platform) => {
    platform.current = ready;
  }, []);
  const startWithPage = useCallback(
    (whenShown: Promise<void>) => start({ whenShown, onLetIn: loadPage }),
    [start],
  );
  return (
    <ErrorBoundary waitingCount={() => platform.current?.sync.state.current().waitingCount ?? null}>
      <StartGate start={startWithPage} onReady={keep}>
        <CodeDeskProvider desk={codeDesk}>
          <SharedDeviceGate>
            <RouterProvider router={router} />
          </SharedDeviceGate>
        </CodeDeskProvider>
      </StartGate>
    </ErrorBoundary>
  );
}

/** The page that the address asks for, while the database still opens. One that cannot be loaded says so when it is shown. */
function loadPage(): void {
  router.load().catch(() => undefined);
}
