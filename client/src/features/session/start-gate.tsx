import { type ReactNode, useEffect, useState } from 'react';
import { PlatformProvider } from '#platform/live/replica-context.tsx';
import type { Platform } from '#platform/platform.ts';
import type { PlatformStart } from '#platform/start-platform.ts';
import { SignInScreen } from './sign-in-screen.tsx';
import { StartingScreen } from './starting-screen.tsx';
import { StorageProblemScreen } from './storage-problem-screen.tsx';
import { UnreachableScreen } from './unreachable-screen.tsx';

/** Starts the platform and shows the app once there is one; until then, what is in the way. */
export function StartGate({
  start,
  onReady,
  children,
}: {
  readonly start: () => Promise<PlatformStart>;
  readonly onReady: (platform: Platform) => void;
  readonly children: ReactNode;
}) {
  const [outcome, setOutcome] = useState<PlatformStart | null>(null);
  const [failure, setFailure] = useState<unknown>(null);

  useEffect(() => {
    let isGone = false;
    start().then(
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
  }, [start, onReady]);

  if (failure !== null) throw failure;
  if (outcome === null) return <StartingScreen />;
  switch (outcome.state) {
    case 'ready':
      return <PlatformProvider platform={outcome.platform}>{children}</PlatformProvider>;
    case 'signed_out':
      return <SignInScreen onSignIn={() => outcome.signIn()} />;
    case 'unreachable':
      return <UnreachableScreen onRetry={() => outcome.retry()} />;
    case 'storage_problem':
      return <StorageProblemScreen problem={outcome.problem} onRetry={() => outcome.retry()} />;
  }
}
