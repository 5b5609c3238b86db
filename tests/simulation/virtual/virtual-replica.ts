import type { Replica } from '@eventkit/client/platform/replica/replica.ts';
import { overlaidTableNames } from '@eventkit/shared/schema/device-ddl.ts';
import type { Life } from './life.ts';
import type { VirtualDisk } from './virtual-disk.ts';
import { createVirtualDownload, type StreamSource } from './virtual-download.ts';

/** What may happen at each access to the disk. */
export type DiskFaults = {
  /** Asked before and after each statement; when true, the life has just ended there. */
  dies(isAfterCommit: boolean): boolean;
  /** How long the next statement takes; mostly no time at all. */
  delayMs(): number;
  /** Asked once for each transaction that writes. */
  isFull(): boolean;
};

export type ReplicaParts = {
  readonly disk: VirtualDisk;
  readonly life: Life;
  readonly faults: DiskFaults;
  readonly source: StreamSource;
  /** 0 to 1. */
  readonly random: () => number;
};

/** What the download, too, works with. */
export type DiskAccess = {
  /** Runs `work` while nothing else has the database, in one transaction. */
  writeTransaction<T>(work: (tx: Statements) => Promise<T>): Promise<T>;
};

export type Statements = {
  execute(sql: string, params?: readonly unknown[]): Promise<{ readonly rowsAffected: number }>;
  getAll<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  getOptional<Row>(sql: string, params?: readonly unknown[]): Promise<Row | null>;
  get<Row>(sql: string, params?: readonly unknown[]): Promise<Row>;
};

/**
 * A device's local database: real SQLite with the real tables, views and triggers, under a lock like a browser's one
 * connection has. Only PowerSync's download is a model (`virtual-download.ts`).
 */
export function createVirtualReplica({ disk, life, faults, source, random }: ReplicaParts): Replica {
  const lock = createLock();
  const listeners = createChangeListeners(life);

  const access = async <T>(run: () => T, isCommit = false): Promise<T> => {
    if (life.isOver() || faults.dies(false)) return life.forever();
    const delayMs = faults.delayMs();
    if (delayMs > 0) await life.wait(delayMs);
    if (life.isOver()) return life.forever();
    const result = run();
    return faults.dies(isCommit) ? life.forever() : result;
  };
  const statements = (touched: Set<string>): Statements => {
    const getAll = <Row>(sql: string, params: readonly unknown[] = []) =>
      access(() => disk.all(sql, params) as Row[]);
    return {
      getAll,
      async getOptional<Row>(sql: string, params?: readonly unknown[]) {
        return (await getAll<Row>(sql, params))[0] ?? null;
      },
      async get<Row>(sql: string, params?: readonly unknown[]) {
        const [row] = await getAll<Row>(sql, params);
        if (row === undefined) throw new Error(`no row: ${sql}`);
        return row;
      },
      execute: (sql, params = []) =>
        access(() => {
          for (const table of tablesWrittenBy(sql)) touched.add(table);
          disk.run(sql, params);
          return { rowsAffected: 0 };
        }),
    };
  };
  const locked = async <T>(work: () => Promise<T>): Promise<T> => {
    await lock.acquire();
    try {
      return await work();
    } finally {
      lock.release();
    }
  };
  const writeTransaction = <T>(work: (tx: Statements) => Promise<T>): Promise<T> =>
    locked(async () => {
      const touched = new Set<string>();
      await access(() => disk.run('BEGIN', []));
      try {
        const result = await work(statements(touched));
        if (touched.size > 0 && faults.isFull()) throw new Error('database or disk is full');
        await access(() => disk.run('COMMIT', []), true);
        listeners.tell(touched);
        return result;
      } catch (error) {
        await access(() => disk.rollBack());
        throw error;
      }
    });
  const reading = statements(new Set());
  const download = createVirtualDownload({
    disk: { writeTransaction },
    readDisk: disk,
    life,
    source,
    random,
  });

  const replica = {
    getAll: <Row>(sql: string, params?: readonly unknown[]) => locked(() => reading.getAll<Row>(sql, params)),
    getOptional: <Row>(sql: string, params?: readonly unknown[]) =>
      locked(() => reading.getOptional<Row>(sql, params)),
    get: <Row>(sql: string, params?: readonly unknown[]) => locked(() => reading.get<Row>(sql, params)),
    execute: (sql: string, params?: readonly unknown[]) => writeTransaction((tx) => tx.execute(sql, params)),
    writeTransaction,
    writeLock: <T>(work: (connection: Statements) => Promise<T>) => locked(() => work(reading)),
    onChange: listeners.add,
    database: { refreshSchema: () => Promise.resolve() },
    connect: download.connect,
    disconnect: download.disconnect,
    registerListener: download.registerListener,
    get currentStatus() {
      return download.status();
    },
  };
  // The rest of the SDK's interface is for screens and for other queues than ours.
  return replica as unknown as Replica;
}

/** First come, first served. */
function createLock() {
  const waiting: (() => void)[] = [];
  let isHeld = false;
  return {
    async acquire(): Promise<void> {
      if (isHeld) await new Promise<void>((resolve) => waiting.push(resolve));
      isHeld = true;
    },
    release() {
      const next = waiting.shift();
      if (next === undefined) isHeld = false;
      else next();
    },
  };
}

const written = new Map<string, readonly string[]>();

/** The table that a statement names, and those that the triggers on it write. */
function tablesWrittenBy(sql: string): readonly string[] {
  const known = written.get(sql);
  if (known !== undefined) return known;
  const [, table = ''] = /^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+(\w+)/.exec(sql) ?? [];
  const tables = [table, ...(writtenByTriggers[table] ?? [])].filter((name) => name !== '');
  written.set(sql, tables);
  return tables;
}

const writtenByTriggers: Readonly<Record<string, readonly string[]>> = {
  operations: ['outbox', 'dirty_subjects', 'settled_operations'],
  ...Object.fromEntries(overlaidTableNames.map((name) => [name, ['dirty_subjects']])),
};

type ChangeOptions = {
  readonly tables?: readonly string[];
  readonly throttleMs?: number;
  readonly signal?: AbortSignal;
};

/** As the SDK does it: changes are told together, `throttleMs` after the first of them. */
function createChangeListeners(life: Life) {
  type Listener = { readonly tables: ReadonlySet<string>; readonly tell: () => void };
  const listeners = new Set<Listener>();
  return {
    add(
      handler: { onChange(event: { changedTables: string[] }): void },
      { tables = [], throttleMs = 30, signal }: ChangeOptions,
    ): () => void {
      let isComing = false;
      const listener: Listener = {
        tables: new Set(tables),
        tell() {
          if (isComing) return;
          isComing = true;
          life.after(throttleMs, () => {
            isComing = false;
            if (listeners.has(listener)) handler.onChange({ changedTables: [...tables] });
          });
        },
      };
      listeners.add(listener);
      const remove = () => void listeners.delete(listener);
      signal?.addEventListener('abort', remove);
      return remove;
    },
    tell(touched: ReadonlySet<string>) {
      for (const listener of listeners) {
        if ([...listener.tables].some((table) => touched.has(table))) listener.tell();
      }
    },
  };
}
