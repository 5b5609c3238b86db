import { setTimeout as wait } from 'node:timers/promises';
import { sessionOptions } from '@eventkit/database/pool.ts';
import { Client } from 'pg';
import type { Logger } from 'pino';
import type { SyncPlan } from '#config/sync-plan.ts';
import { BucketLog } from '#oplog/bucket-log.ts';
import type { Oplog, OpReader } from '#oplog/oplog.ts';
import { readBuckets } from '#oplog/oplog-store.ts';
import { OplogWriter } from '#oplog/oplog-writer.ts';
import { ChangeApplier } from './apply-changes.ts';
import { copyTables } from './copy-tables.ts';
import { followLog } from './follow-log.ts';
import { type Lsn, parseLsn } from './lsn.ts';
import { sourceRowReader } from './pending-row.ts';
import {
  finishCopy,
  forgetCopyBound,
  openSourceTables,
  openState,
  type ReplicationState,
  startCopyAnew,
  takeWriterLock,
} from './replication-state.ts';
import { dropSlot, inspectSlot, recreateSlot } from './slot.ts';
import { describePublication, describeTables, shapeOf } from './source-tables.ts';
import { identifyCluster } from './wal-stream.ts';

export type ReplicationPhase = 'starting' | 'copying' | 'following' | 'waiting' | 'stopped';

export type ReplicationEvents = {
  onPhase(phase: ReplicationPhase): void;
  onCopied(rowCount: number): void;
  onBatch(batch: { readonly rowCount: number; readonly committedAtMs: number | null }): void;
  /** Everything up to here is served. */
  onPosition(lsn: Lsn): void;
};

export type ReplicationOptions = {
  readonly ownerUrl: string;
  readonly plan: SyncPlan;
  readonly publication: string;
  readonly oplog: Oplog;
  readonly readRange: (nameOfTable: (id: number) => string) => OpReader;
  readonly logger: Logger;
  readonly events: ReplicationEvents;
  /** How often the publication and the tables are looked at, in milliseconds. */
  readonly watchEveryMs?: number;
};

export type Replication = {
  readonly phase: ReplicationPhase;
  /** Why nothing moves, in words for an operator; null while all is well. */
  readonly problem: string | null;
  stop(): Promise<void>;
};

const firstRetryMs = 100;
const lastRetryMs = 5000;
/** How long an orderly end may take before the connections are cut. */
const patienceMs = 2000;

/** Keeps the oplog equal to the tables for as long as the process lives, whatever happens to the database meanwhile. */
export function startReplication(options: ReplicationOptions): Replication {
  const stopping = new AbortController();
  const status: { phase: ReplicationPhase; problem: string | null } = { phase: 'starting', problem: null };
  const enter = (phase: ReplicationPhase) => {
    status.phase = phase;
    options.events.onPhase(phase);
    if (phase === 'following' || phase === 'copying') status.problem = null;
  };
  const running = (async () => {
    let retryMs = firstRetryMs;
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      try {
        await runSession(options, enter, stopping.signal);
      } catch (error) {
        if (stopping.signal.aborted) break;
        status.problem = error instanceof Error ? error.message : String(error);
        enter('waiting');
        options.logger.warn({ err: error, retryMs }, 'replication stopped and will be tried again');
        if (performance.now() - startedAt > 2 * lastRetryMs) retryMs = firstRetryMs;
        await wait(retryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
        retryMs = Math.min(retryMs * 2, lastRetryMs);
      }
    }
    enter('stopped');
  })();
  return {
    get phase() {
      return status.phase;
    },
    get problem() {
      return status.problem;
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

type Session = {
  readonly options: ReplicationOptions;
  readonly owner: Client;
  readonly db: Client;
  readonly enter: (phase: ReplicationPhase) => void;
  readonly signal: AbortSignal;
  /** Rejects when a connection breaks, resolves when the session shall end. */
  readonly until: Promise<void>;
};

async function runSession(
  options: ReplicationOptions,
  enter: (phase: ReplicationPhase) => void,
  signal: AbortSignal,
): Promise<void> {
  enter('starting');
  const owner = new Client({
    connectionString: options.ownerUrl,
    options: `${sessionOptions('owner')} -c synchronous_commit=on`,
    application_name: 'eventkit sync owner',
    connectionTimeoutMillis: 10_000,
  });
  const db = new Client({
    connectionString: options.ownerUrl,
    // Fresh tables have no statistics yet; the right way to these rows is always the index.
    options: `${sessionOptions('eventkit_sync')} -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off -c synchronous_commit=on`,
    application_name: 'eventkit sync writer',
    connectionTimeoutMillis: 10_000,
  });
  const until = new Promise<void>((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    for (const client of [owner, db]) {
      client.on('error', reject);
      client.on('end', () => reject(new Error('the connection to the database was closed')));
    }
  });
  until.catch(() => undefined);
  // A statement can wait for long, e.g. the making of a slot for every transaction that runs.
  let patience: NodeJS.Timeout | undefined;
  signal.addEventListener(
    'abort',
    () => {
      patience = setTimeout(() => void Promise.allSettled([owner.end(), db.end()]), patienceMs);
    },
    { once: true },
  );
  try {
    await owner.connect();
    await db.connect();
    await follow({ options, owner, db, enter, signal, until });
  } finally {
    clearTimeout(patience);
    await Promise.allSettled([owner.end(), db.end()]);
  }
}

async function follow(session: Session): Promise<void> {
  const { options, owner, db, signal } = session;
  if (!(await takeWriterLock(db))) throw new Error('another sync server writes for this database');
  const cluster = await identifyCluster(options.ownerUrl);
  const opened = await openState(db, {
    configMeaning: options.plan.meaning,
    cluster,
    publication: options.publication,
  });
  if (opened.abandonedSlot !== null) await dropSlot(owner, opened.abandonedSlot);
  let state = opened.state;

  const wanted = neededColumns(options.plan);
  const tables = await describeTables(owner, wanted);
  const publication = await describePublication(owner, options.publication, [...wanted.keys()]);
  const { ids, progress } = await openSourceTables(db, tables);
  const writer = await openOplog(session, state, ids);

  const isChanged =
    state.publication !== publication ||
    tables.some((table) => progress.get(table.name)?.shape !== shapeOf(table));
  const isSlotReady = (await inspectSlot(owner, state.slot)) === 'ready';
  if (!isSlotReady || isChanged) {
    options.logger.info({ slot: state.slot, isSlotReady, isChanged }, 'all tables are copied anew');
    const slotFrom = await recreateSlot(owner, state.slot);
    await startCopyAnew(db, publication, slotFrom);
    state = (await reopen(session, cluster)).state;
  }
  if (!state.isCopied) {
    session.enter('copying');
    const copied = await openSourceTables(db, tables);
    const source = new Client({
      connectionString: options.ownerUrl,
      options: sessionOptions('eventkit_sync'),
      application_name: 'eventkit sync copy',
    });
    source.on('error', () => undefined);
    await source.connect();
    try {
      const isWhole = await copyTables(
        {
          source,
          notes: db,
          writer,
          deployment: state.deployment,
          queriesByTable: options.plan.queriesByTable,
          tableIds: copied.ids,
          progress: copied.progress,
          isFirstCopy: state.lastOpId === 0,
          onRows: options.events.onCopied,
          isStopped: () => signal.aborted,
        },
        tables,
      );
      if (!isWhole) return;
    } finally {
      await source.end();
    }
    state = { ...state, isCopied: true, consistentFrom: await finishCopy(db) };
  }
  const reader = sourceRowReader(owner, tables);
  const applier = new ChangeApplier({
    db,
    deployment: state.deployment,
    queriesByTable: options.plan.queriesByTable,
    tables,
    tableIds: ids,
    readSourceRow: reader,
  });
  // Moves the log on, so that also an idle database says at once how far it was followed.
  await owner.query(`SELECT pg_logical_emit_message(true, 'powersync', 'ping')`);
  const shapes = JSON.stringify([publication, tables.map(shapeOf)]);
  const watch = watchSource(session, wanted, shapes);
  session.enter('following');
  try {
    await followLog({
      url: options.ownerUrl,
      slot: state.slot,
      publication: options.publication,
      from: parseLsn(state.lsn),
      writer,
      applier,
      consistentFrom: state.consistentFrom === null ? null : parseLsn(state.consistentFrom),
      onConsistent: () => forgetCopyBound(db),
      onPosition: options.events.onPosition,
      onBatch: options.events.onBatch,
      until: Promise.race([session.until, watch.changed]),
    });
  } finally {
    watch.stop();
  }
}

async function reopen(session: Session, cluster: string) {
  const { options, db } = session;
  return openState(db, {
    configMeaning: options.plan.meaning,
    cluster,
    publication: options.publication,
  });
}

/** Fills the memory from the tables where it does not hold them yet, and makes the writer that goes on from there. */
async function openOplog(
  session: Session,
  state: ReplicationState,
  tableIds: ReadonlyMap<string, number>,
): Promise<OplogWriter> {
  const { oplog, readRange } = session.options;
  const names = new Map([...tableIds].map(([name, id]) => [id, name]));
  const stored = await readBuckets(session.db);
  if (oplog.deployment !== state.deployment || oplog.head !== state.lastOpId) {
    const buckets = stored.map(({ id, name, totals, segments }) => {
      const bucket = new BucketLog(id, name);
      bucket.restore(totals, segments);
      return bucket;
    });
    const isWhole = state.isCopied && state.consistentFrom === null;
    oplog.open(
      state.deployment,
      buckets,
      isWhole ? state.lastOpId : null,
      readRange((id) => names.get(id) ?? ''),
    );
  }
  return new OplogWriter(session.db, oplog, {
    lastOpId: state.lastOpId,
    tableIds,
    bucketIds: new Map(stored.map(({ id, name }) => [name, id])),
  });
}

/** The columns that the configuration looks at, by table. */
function neededColumns(plan: SyncPlan): Map<string, string[]> {
  return new Map(
    [...plan.queriesByTable].map(([table, queries]) => [
      table,
      [...new Set(queries.flatMap((query) => [...query.columns, ...query.keyColumns, ...query.nulls]))],
    ]),
  );
}

/** A publication that lost a table, or a table made anew, is silent in the log: only the catalogue tells. */
function watchSource(session: Session, wanted: ReadonlyMap<string, readonly string[]>, shapes: string) {
  const { options, owner } = session;
  let isLooking = false;
  let timer: NodeJS.Timeout | undefined;
  const changed = new Promise<void>((_, reject) => {
    timer = setInterval(async () => {
      if (isLooking) return;
      isLooking = true;
      try {
        const tables = await describeTables(owner, wanted);
        const publication = await describePublication(owner, options.publication, [...wanted.keys()]);
        if (JSON.stringify([publication, tables.map(shapeOf)]) !== shapes)
          throw new Error('the publication or a table has changed');
      } catch (error) {
        reject(error);
      } finally {
        isLooking = false;
      }
    }, options.watchEveryMs ?? 5000);
  });
  changed.catch(() => undefined);
  return { changed, stop: () => clearInterval(timer) };
}
