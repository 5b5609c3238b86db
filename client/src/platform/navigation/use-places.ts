import { useMemo } from 'react';
import { usePlatform, useSession } from '#platform/live/replica-context.tsx';
import { useObservable } from '#platform/live/use-observable.ts';
import { type Place, placesFor } from './places.ts';

/** The screens that the person may enter from anywhere. */
export function usePlaces(): readonly Place[] {
  const { permissions } = useSession();
  const { isShared } = useObservable(usePlatform().sharing);
  return useMemo(() => placesFor(permissions, isShared), [permissions, isShared]);
}
