import { lazyRouteComponent } from '@tanstack/react-router';
import { type ReactNode, Suspense } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { useObservable } from '#platform/live/use-observable.ts';

const SharedDeviceFrame = lazyRouteComponent(() => import('./shared-device-frame.tsx'), 'SharedDeviceFrame');

/** On a shared device nobody gets to the app but by badge and PIN; elsewhere it is not there. */
export function SharedDeviceGate({ children }: { readonly children: ReactNode }) {
  return useObservable(usePlatform().sharing).isShared ? (
    <Suspense fallback={null}>
      <SharedDeviceFrame>{children}</SharedDeviceFrame>
    </Suspense>
  ) : (
    children
  );
}
