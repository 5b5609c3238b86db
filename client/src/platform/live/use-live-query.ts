import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { SqlValue } from './live-query.ts';
import { createLiveQuery, type LiveQuery } from './live-query.ts';
import { usePlatform } from './replica-context.tsx';

export type { LiveQuery, SqlValue };

/**
 * Rows of a query that follow the replica. `params` are compared by value; `rows` keeps its identity while the
 * content stays the same, so memoised children rest.
 */
export function useLiveQuery<Row>(sql: string, params: readonly SqlValue[] = []): LiveQuery<Row> {
  const { replica } = usePlatform();
  const key = JSON.stringify(params);
  const query = useMemo(
    () => createLiveQuery<Row>(replica, sql, JSON.parse(key) as SqlValue[]),
    [replica, sql, key],
  );
  return useSyncExternalStore(
    useCallback((listener: () => void) => query.subscribe(listener), [query]),
    query.current,
  );
}
