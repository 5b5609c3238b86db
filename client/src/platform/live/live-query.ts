import type { Replica } from '#platform/replica/replica.ts';
import { createObservable } from './observable.ts';

export type SqlValue = string | number | null;

export type LiveQuery<Row> = {
  readonly rows: readonly Row[];
  readonly status: 'loading' | 'ready' | 'failed';
  readonly error: Error | null;
};

/** One frame: rows that change faster are not seen anyway. */
const FRAME_MS = 16;

/** The tables that a query reads, by its text: asking SQLite takes two questions, and screens come and go. */
const tablesRead = new WeakMap<Replica, Map<string, readonly string[]>>();

/**
 * Runs while somebody listens: at once, and again after a write to any table that the query reads. A run that
 * yields the same rows tells nobody.
 */
export function createLiveQuery<Row>(replica: Replica, sql: string, params: readonly SqlValue[]) {
  const state = createObservable<LiveQuery<Row>>({ rows: [], status: 'loading', error: null });
  let content: string | null = null;
  let listenerCount = 0;
  let stop: (() => void) | null = null;

  const run = async (signal: AbortSignal) => {
    try {
      const rows = await replica.getAll<Row>(sql, [...params]);
      if (signal.aborted) return;
      const next = JSON.stringify(rows);
      if (next === content && state.current().status === 'ready') return;
      content = next;
      state.set({ rows, status: 'ready', error: null });
    } catch (error) {
      if (signal.aborted) return;
      state.set({ rows: state.current().rows, status: 'failed', error: asError(error) });
    }
  };

  const start = () => {
    const controller = new AbortController();
    const { signal } = controller;
    const follow = async () => {
      // Until it is known which tables are read, every write may be to one of them.
      let isWritten = false;
      const unhear = replica.database.registerListener({
        tablesUpdated() {
          isWritten = true;
        },
      });
      try {
        // People wait for the rows, so these are asked for first.
        const running = run(signal);
        const tables = await findTables(replica, sql, params);
        if (signal.aborted) return;
        replica.onChange(
          { onChange: () => run(signal) },
          { tables: [...tables], throttleMs: FRAME_MS, signal },
        );
        await running;
        if (isWritten) await run(signal);
      } catch (error) {
        if (!signal.aborted) state.set({ ...state.current(), status: 'failed', error: asError(error) });
      } finally {
        unhear();
      }
    };
    void follow();
    return () => controller.abort();
  };

  return {
    current: state.current,
    subscribe(listener: () => void): () => void {
      const unsubscribe = state.subscribe(listener);
      listenerCount++;
      stop ??= start();
      return () => {
        unsubscribe();
        listenerCount--;
        if (listenerCount > 0) return;
        stop?.();
        stop = null;
      };
    },
  };
}

async function findTables(
  replica: Replica,
  sql: string,
  params: readonly SqlValue[],
): Promise<readonly string[]> {
  const known = tablesRead.get(replica) ?? new Map<string, readonly string[]>();
  tablesRead.set(replica, known);
  const tables = known.get(sql) ?? (await replica.resolveTables(sql, [...params]));
  known.set(sql, tables);
  return tables;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
