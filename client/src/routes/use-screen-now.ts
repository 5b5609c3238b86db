import { useRouter } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import type { ScreenNow } from '#platform/scanner/code-desk.ts';
import { useCodeDesk } from '#platform/scanner/code-desk-context.tsx';

/** Says whether the screen scans, and tells the desk when one screen has given way to another. */
export function useScreenNow(): () => ScreenNow {
  const router = useRouter();
  const desk = useCodeDesk();
  // The router tells this before its own state says so, which it does within the same task.
  useEffect(() => router.subscribe('onResolved', () => queueMicrotask(desk.settle)), [router, desk]);
  return useCallback(() => {
    const { status, matches } = router.state;
    if (status === 'pending') return 'changing';
    return matches.some(({ staticData }) => staticData.isScanning === true) ? 'scans' : 'does_not_scan';
  }, [router]);
}
