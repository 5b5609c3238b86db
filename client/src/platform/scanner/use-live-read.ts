import { useEffect, useState } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';
import type { ReplicaReader } from './find-asset.ts';

export type LiveRead<T> = {
  /** Null until first read. */
  readonly value: T | null;
  readonly hasFailed: boolean;
};

/** Faster than a person sees a number change, slower than a burst of scans. */
const REREAD_AT_MOST_EVERY_MS = 60;

/**
 * A read of several statements that follows the replica: again whenever one of `tables` changes. `key` names what is
 * read; `read` itself may be a new function at each render. A value of another key is never shown. `throttleMs` is for
 * slow reads: they share one connection with the scans.
 */
export function useLiveRead<T>(
  key: string,
  tables: readonly string[],
  read: (replica: ReplicaReader) => Promise<T>,
  throttleMs = REREAD_AT_MOST_EVERY_MS,
): LiveRead<T> {
  const { replica } = usePlatform();
  const [state, setState] = useState<LiveRead<T> & { readonly key: string }>({
    key,
    value: null,
    hasFailed: false,
  });
  const tableList = tables.join(' ');

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for what `read` closes over.
  useEffect(() => {
    const stop = new AbortController();
    const run = async () => {
      try {
        const value = await read(replica);
        if (!stop.signal.aborted) setState({ key, value, hasFailed: false });
      } catch (error) {
        if (stop.signal.aborted) return;
        // The person sees that it failed; the machine's words belong into its log.
        console.error(error);
        setState((before) => ({ ...before, key, hasFailed: true }));
      }
    };
    replica.onChange({ onChange: run }, { tables: tableList.split(' '), throttleMs, signal: stop.signal });
    void run();
    return () => stop.abort();
  }, [replica, key, tableList, throttleMs]);

  return state.key === key ? state : { value: null, hasFailed: false };
}
