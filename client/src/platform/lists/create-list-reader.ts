import { createObservable, type Observable } from '#platform/live/observable.ts';
import type { Replica } from '#platform/replica/replica.ts';
import { type IdSequence, idSequence } from './id-sequence.ts';
import type { ListRow, ListSource } from './list-source.ts';
import {
  type GroupRow,
  groupsSql,
  type ListQuestion,
  type OrderRow,
  orderSql,
  rowsSql,
  type Sql,
} from './list-sql.ts';

export type ListShown = {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly error: Error | null;
  readonly ids: IdSequence;
  /** Null where rows are not put together. */
  readonly groups: readonly GroupRow[] | null;
};

export type RowsById = ReadonlyMap<string, ListRow>;

export type ListReader = {
  readonly shown: Observable<ListShown>;
  /**
   * Those near what is looked at; others are read when they are wanted. A row keeps its identity while it stays as it is.
   * Beside `shown`, as it changes with each turn of the wheel.
   */
  readonly rows: Observable<RowsById>;
  ask(question: ListQuestion): void;
  /** The rows that can be seen, and some around them; with what stands beside the columns, where that is shown. */
  want(ids: readonly string[], isWithBeside: boolean): void;
  stop(): void;
};

type ListReplica = Pick<Replica, 'getAll' | 'readTransaction' | 'resolveTables' | 'onChange'>;

/** A list follows the others' changes at most so often. */
const FOLLOW_MS = 500;
/** The database is free for scans this many times as long as the list holds it. */
const REST_FACTOR = 4;
const MOST_KEPT_ROWS = 1_000;

const nothing: ListShown = {
  status: 'loading',
  error: null,
  ids: idSequence('', 0),
  groups: null,
};

/** Reads a list from the replica: the order of all its rows as ids, and the rows themselves where somebody looks. */
export function createListReader(replica: ListReplica, source: ListSource): ListReader {
  const shown = createObservable<ListShown>(nothing);
  const kept = createObservable<RowsById>(new Map());
  const life = new AbortController();
  let question: ListQuestion | null = null;
  let wanted: readonly string[] = [];
  let isBesideWanted = false;
  let orderText = '';
  let isStale = false;
  let isReadingOrder = false;
  let isReadingRows = false;
  let areRowsStale = false;

  const patch = (news: Partial<ListShown>) => {
    if (!life.signal.aborted) shown.set({ ...shown.current(), ...news });
  };
  const fail = (error: unknown) => patch({ status: 'failed', error: asError(error) });

  /** Until nothing newer was asked meanwhile. */
  const readOrder = async () => {
    if (isReadingOrder) return;
    isReadingOrder = true;
    try {
      while (isStale && question !== null && !life.signal.aborted) {
        isStale = false;
        const { order, groups } = await readOrderOf(replica, source, question);
        if (isStale) continue;
        const { ids, groups: before, status } = shown.current();
        const isSameOrder = status === 'ready' && order.ids === orderText;
        orderText = order.ids;
        patch({
          status: 'ready',
          error: null,
          ids: isSameOrder ? ids : idSequence(order.ids, order.count),
          groups: JSON.stringify(groups) === JSON.stringify(before) ? before : groups,
        });
      }
    } catch (error) {
      fail(error);
    } finally {
      isReadingOrder = false;
    }
  };

  const readRows = async () => {
    if (isReadingRows) return;
    isReadingRows = true;
    try {
      for (;;) {
        const before = kept.current();
        const missing = areRowsStale ? wanted : wanted.filter((id) => !before.has(id));
        areRowsStale = false;
        if (missing.length === 0 || life.signal.aborted) return;
        const rows = await replica.getAll<ListRow>(rowsSql(source, isBesideWanted), [
          JSON.stringify(missing),
        ]);
        if (!life.signal.aborted) kept.set(joined(kept.current(), missing, rows, new Set(wanted)));
        // What is gone meanwhile would be asked for again and again.
        if (!areRowsStale && rows.length < missing.length && wanted.every((id) => missing.includes(id)))
          return;
      }
    } catch (error) {
      fail(error);
    } finally {
      isReadingRows = false;
    }
  };

  let lastTookMs = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const follow = () => {
    timer ??= setTimeout(
      async () => {
        const begunAt = performance.now();
        isStale = true;
        areRowsStale = true;
        await Promise.all([readOrder(), readRows()]);
        lastTookMs = performance.now() - begunAt;
        timer = null;
      },
      Math.max(FOLLOW_MS, lastTookMs * REST_FACTOR),
    );
  };

  const listen = async () => {
    try {
      const tables = await replica.resolveTables(rowsSql(source, true), ['[]']);
      if (life.signal.aborted) return;
      replica.onChange({ onChange: follow }, { tables, throttleMs: FOLLOW_MS, signal: life.signal });
    } catch (error) {
      fail(error);
    }
  };
  void listen();

  return {
    shown: { current: shown.current, subscribe: shown.subscribe },
    rows: { current: kept.current, subscribe: kept.subscribe },
    ask(next) {
      question = next;
      isStale = true;
      void readOrder();
    },
    want(ids, isWithBeside) {
      wanted = ids;
      // Rows without it lie there already.
      areRowsStale ||= isWithBeside && !isBesideWanted;
      isBesideWanted = isWithBeside;
      void readRows();
    },
    stop() {
      life.abort();
      if (timer !== null) clearTimeout(timer);
    },
  };
}

async function readOrderOf(
  replica: ListReplica,
  source: ListSource,
  question: ListQuestion,
): Promise<{ readonly order: OrderRow; readonly groups: readonly GroupRow[] | null }> {
  const orders = orderSql(source, question);
  if (question.group === null) {
    const [order] = await replica.getAll<OrderRow>(orders.sql, [...orders.params]);
    return { order: order ?? { count: 0, ids: '' }, groups: null };
  }
  const groups = groupsSql(source, question, question.group);
  // Of one moment, or the heads would stand at the wrong rows.
  return replica.readTransaction(async (tx) => {
    const all = <Row>({ sql, params }: Sql) => tx.getAll<Row>(sql, [...params]);
    const [order] = await all<OrderRow>(orders);
    return { order: order ?? { count: 0, ids: '' }, groups: await all<GroupRow>(groups) };
  });
}

/** `asked` that did not come are gone. Beside what is wanted, rows stay until there are too many. */
function joined(
  before: RowsById,
  asked: readonly string[],
  rows: readonly ListRow[],
  wanted: ReadonlySet<string>,
): RowsById {
  const kept = [...before].filter(([id]) => before.size < MOST_KEPT_ROWS || wanted.has(id));
  const next = new Map(kept);
  const cameById = new Map(rows.map((row) => [row.id, row]));
  for (const id of asked) {
    const came = cameById.get(id);
    const known = next.get(id);
    if (came === undefined) next.delete(id);
    else if (known === undefined || JSON.stringify(known) !== JSON.stringify(came)) next.set(id, came);
  }
  return next;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
