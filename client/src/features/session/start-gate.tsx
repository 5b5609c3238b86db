import { lazyRouteComponent } from '@tanstack/react-router';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { whenIdle } from '#platform/browser/when-idle.ts';
import { PlatformProvider } from '#platform/live/replica-context.tsx';
import type { Platform } from '#platform/platform.ts';
import type { PlatformStart } from '#platform/start-platform.ts';
import { LeaseGate } from './lease-gate.tsx';
import { StartingScreen } from './starting-screen.tsx';

// Most starts meet nothing, so what could be there stands between no visit and the first scan.
const InTheWay = lazyRouteComponent(() => import('./in-the-way.tsx'), 'InTheWay');

/** Starts the platform and shows the app once there is one; until then, what is in the way. */
export function StartGate({
  start,
  onReady,
  children,
}: {
  /** What nobody waits for begins `whenShown`: once the first screen stands. */
  readonly start: (whenShown: Promise<void>) => Promise<PlatformStart>;
  readonly onReady: (platform: Platform) => void;
  readonly children: ReactNode;
}) {
  const [outcome, setOutcome] = useState<PlatformStart | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [shown] = useState(() => Promise.withResolvers<void>());

  useEffect(() => {
    let isGone = false;
    start(shown.promise).then(
      (next) => {
        if (isGone) return;
        if (next.state === 'ready') onReady(next.platform);
        setOutcome(next);
      },
      (error: unknown) => {
        if (!isGone) setFailure(error instanceof Error ? error : new Error(String(error)));
      },
    );
    return () => {
      isGone = true;
    };
  }, [start, shown, onReady]);

  useEffect(() => {
    if (outcome !== null) whenIdle(shown.resolve);
  }, [outcome, shown]);

  if (failure !== null) throw failure;
  if (outcome === null) return <StartingScreen />;
  return outcome.state === 'ready' ? (
    <PlatformProvider platform={outcome.platform}>
      <LeaseGate>{children}</LeaseGate>
    </PlatformProvider>
  ) : (
    <Suspense fallback={null}>
      <InTheWay outcome={outcome} />
    </Suspense>
  );
}
