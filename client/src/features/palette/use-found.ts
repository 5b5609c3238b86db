import { useEffect, useState } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { type Found, searchReplica } from '#platform/search/search-replica.ts';
import type { PaletteQuery } from './read-query.ts';

export type FoundState = {
  readonly found: Found | null;
  readonly hasFailed: boolean;
  /** What is shown belongs to what was asked last. */
  readonly isCurrent: boolean;
};

const nothing: FoundState = { found: null, hasFailed: false, isCurrent: true };

/** What this device has for the text. While a new text is searched, what the last one found stays. */
export function useFound({ scope, text }: PaletteQuery): FoundState {
  const { replica } = usePlatform();
  const [state, setState] = useState<Omit<FoundState, 'isCurrent'> & { readonly for: string }>({
    ...nothing,
    for: '',
  });
  const asked = `${scope} ${text}`;
  const isAsked = scope !== 'commands' && text !== '';
  useEffect(() => {
    if (!isAsked) return;
    let isOver = false;
    searchReplica(replica, text, { isCode: scope === 'codes', nowMs: () => performance.now() }).then(
      (found) => {
        if (!isOver) setState({ found, hasFailed: false, for: asked });
      },
      (error: unknown) => {
        console.error(error);
        if (!isOver) setState({ found: null, hasFailed: true, for: asked });
      },
    );
    return () => {
      isOver = true;
    };
  }, [replica, isAsked, asked, scope, text]);
  return isAsked ? { ...state, isCurrent: state.for === asked } : nothing;
}
