import { lazyRouteComponent } from '@tanstack/react-router';
import { type ReactNode, Suspense } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { useObservable } from '#platform/live/use-observable.ts';

const LockedScreen = lazyRouteComponent(() => import('./locked-screen.tsx'), 'LockedScreen');

/** The app for as long as the device may show what it holds; then what to do, with nothing of it in sight. */
export function LeaseGate({ children }: { readonly children: ReactNode }) {
  const standing = useObservable(usePlatform().lease);
  if (standing.state !== 'locked') return children;
  return (
    <Suspense fallback={null}>
      <LockedScreen why={standing.why} />
    </Suspense>
  );
}
