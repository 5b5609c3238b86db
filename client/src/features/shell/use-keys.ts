import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { usePlatform, useSession } from '#platform/live/replica-context.tsx';
import { useObservable } from '#platform/live/use-observable.ts';
import type { KeyActs } from './listen-to-keys.ts';

/** The keys of every screen, from a moment after it is there on: no first scan waits for them. */
export function useKeys({ onPalette, onHelp }: Omit<KeyActs, 'onGo'>): void {
  const navigate = useNavigate();
  const { permissions } = useSession();
  const { isShared } = useObservable(usePlatform().sharing);
  useEffect(() => {
    let isOver = false;
    let stop = (): void => undefined;
    const start = async (): Promise<void> => {
      const [{ listenToKeys }, { placesFor }] = await Promise.all([
        import('./listen-to-keys.ts'),
        import('#platform/navigation/places.ts'),
      ]);
      if (isOver) return;
      const onGo: KeyActs['onGo'] = (to) => void navigate({ to });
      stop = listenToKeys(placesFor(permissions, isShared), { onPalette, onHelp, onGo });
    };
    void start();
    return () => {
      isOver = true;
      stop();
    };
  }, [navigate, permissions, isShared, onPalette, onHelp]);
}
