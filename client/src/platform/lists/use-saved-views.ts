import { useCallback, useMemo, useState } from 'react';
import { useSession } from '#platform/live/replica-context.tsx';
import type { ListSource } from './list-source.ts';
import type { ListState } from './list-state.ts';
import { keepViews, loadViews, type SavedView } from './saved-views.ts';

/** The views of the person, and how they are changed; `isKept` is false where the device had no room for the last change. */
export function useSavedViews(source: ListSource, first: ListState) {
  const { userId } = useSession();
  const loaded = useMemo(() => loadViews(localStorage, userId, source, first), [userId, source, first]);
  const [changed, setChanged] = useState<readonly SavedView[] | null>(null);
  const [isKept, setKept] = useState(true);
  const views = changed ?? loaded;
  const change = useCallback(
    (next: readonly SavedView[]) => {
      setChanged(next);
      setKept(keepViews(localStorage, userId, source, next));
    },
    [userId, source],
  );
  return { views, isKept, change };
}
