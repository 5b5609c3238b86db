import { type NavigateOptions, useCanGoBack, useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';

/** One step back within the app, or to where the screen belongs when it was opened directly. */
export function useGoBack(otherwise: NavigateOptions): () => void {
  const router = useRouter();
  const canGoBack = useCanGoBack();
  return useCallback(() => {
    if (canGoBack) router.history.back();
    else void router.navigate(otherwise);
  }, [router, canGoBack, otherwise]);
}
