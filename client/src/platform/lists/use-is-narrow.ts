import { useSyncExternalStore } from 'react';

/** Narrower than a tablet, as `tablet:` has it. */
const NARROW = '(max-width: 759.98px)';

/** Whether lists show cards of two lines instead of columns. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(follow, () => window.matchMedia(NARROW).matches);
}

function follow(listener: () => void): () => void {
  const query = window.matchMedia(NARROW);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
