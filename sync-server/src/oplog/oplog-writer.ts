import type { Client } from 'pg';
import type { BucketLog } from './bucket-log.ts';
import { LookupWriter } from './lookups/lookup-writer.ts';
import type { LookupRow } from './lookups/plan-lookups.ts';
import type { Oplog } from './oplog.ts';
import { readCurrentOps, writeOps } from './oplog-store.ts';
import { type CurrentOp, type PlannedOp, planOps, type RowState } from './plan-ops.ts';
import { SupersededCounts } from './superseded-counts.ts';

/** Rows whose state is decided when their current operations are known; see SourceChange. */
export type PendingRow = {
  readonly table: string;
  readonly key: string;
  /** What is kept of the row, given what is stored of it now. */
  content(current: readonly CurrentOp[]): Promise<RowContent> | RowContent;
};

export type RowContent = {
  readonly copies: RowState['copies'];
  readonly lookups: readonly LookupRow[];
};

export type OplogWriterState = {
  readonly lastOpId: number;
  readonly tableIds: ReadonlyMap<string, number>;
  readonly bucketIds: ReadonlyMap<string, number>;
  /** Numbers of the tables in which something is looked up. */
  readonly lookupTableIds: ReadonlyMap<string, number>;
};

/** Content of one transaction that is kept in memory until it is published; what goes beyond is read when asked for. */
const stagedBytesAtMost = 32 * 1024 * 1024;

/**
 * The one writer: gives operations their numbers, in commit order, and keeps them. Everything written before `commit`
 * becomes durable and visible together. After a failed call it must not be used again.
 */
export class OplogWriter {
  readonly #db: Client;
  readonly #oplog: Oplog;
  readonly #lookups: LookupWriter;
  #lastOpId: number;
  readonly #tableIds: ReadonlyMap<string, number>;
  readonly #bucketIds: Map<string, number>;
  readonly #bucketNames: Map<number, string>;
  #nextBucketId: number;
  #forks = new Map<string, BucketLog>();
  #superseded = new SupersededCounts();
  #isInTransaction = false;

  constructor(db: Client, oplog: Oplog, state: OplogWriterState) {
    this.#db = db;
    this.#oplog = oplog;
    this.#lookups = new LookupWriter(db, oplog.lookups, state.lookupTableIds);
    this.#lastOpId = state.lastOpId;
    this.#tableIds = state.tableIds;
    this.#bucketIds = new Map(state.bucketIds);
    this.#bucketNames = new Map([...state.bucketIds].map(([name, id]) => [id, name]));
    this.#nextBucketId = Math.max(0, ...state.bucketIds.values()) + 1;
  }

  get lastOpId(): number {
    return this.#lastOpId;
  }

  /** Something was written that no commit has made durable yet. */
  get isInTransaction(): boolean {
    return this.#isInTransaction;
  }

  /**
   * Logs rows. With `commitAt`, the end of the last transaction they belong to, they become durable; `isServable`
   * says whether readers may have them then. Without it they wait for a later call with it.
   * Rows known to be new need no look at what is stored.
   */
  async write(
    rows: readonly PendingRow[],
    commitAt: { readonly lsn: string; readonly isServable: boolean } | null,
    areNew = false,
  ): Promise<number> {
    if (commitAt === null) await this.#begin();
    const states = await this.#decide(rows, areNew);
    const planned = planOps(states.rows, states.current, this.#lastOpId);
    this.#lastOpId += planned.length;
    const lookups = await this.#lookups.plan(states.rows, areNew);
    if (lookups !== null) {
      // Takes a number of its own, so that there is a checkpoint as of which it is found.
      this.#lastOpId += 1;
      await this.#begin();
      await this.#lookups.write(lookups, this.#lastOpId, this.#oplog.head);
    }
    const touched = this.#stage(planned);
    const lsn = commitAt?.lsn ?? null;
    if (planned.length > 0 || lsn !== null) {
      await writeOps(
        this.#db,
        { ops: planned, buckets: touched, lastOpId: this.#lastOpId, lsn },
        (name) => known(this.#bucketIds, name),
        (name) => known(this.#tableIds, name),
      );
    }
    if (commitAt === null) return planned.length;
    if (this.#isInTransaction) {
      await this.#db.query('COMMIT');
      this.#isInTransaction = false;
    }
    if (commitAt.isServable) this.publish();
    return planned.length;
  }

  /** Lets readers have everything that is durable. */
  publish(): void {
    this.#lookups.publish();
    this.#oplog.publish(this.#forks.values(), this.#superseded, this.#lastOpId);
    this.#oplog.departures.publish();
    this.#forks = new Map();
    this.#superseded = new SupersededCounts();
  }

  async #begin(): Promise<void> {
    if (this.#isInTransaction) return;
    await this.#db.query('BEGIN');
    this.#isInTransaction = true;
  }

  /** The rows as they shall be, and their current operations in the same order. */
  async #decide(rows: readonly PendingRow[], areNew: boolean) {
    const current = areNew || rows.length === 0 ? [] : await this.#readCurrent(rows);
    const states: (RowState & RowContent)[] = [];
    for (const [index, row] of rows.entries()) {
      const content = row.content(current[index] ?? []);
      const { copies, lookups } = content instanceof Promise ? await content : content;
      states.push({ table: row.table, key: row.key, copies, lookups });
    }
    return { rows: states, current };
  }

  #readCurrent(rows: readonly PendingRow[]): Promise<CurrentOp[][]> {
    return readCurrentOps(
      this.#db,
      { tableIds: rows.map((row) => known(this.#tableIds, row.table)), keys: rows.map((row) => row.key) },
      (id) => known(this.#bucketNames, id),
    );
  }

  #stage(planned: readonly PlannedOp[]): BucketLog[] {
    const touched = new Map<string, BucketLog>();
    for (const op of planned) {
      const fork = touched.get(op.bucket) ?? this.#fork(op.bucket);
      touched.set(op.bucket, fork);
      fork.append(op);
      if (op.supersedes !== null) this.#noteSuperseded(fork, op.supersedes);
    }
    this.#oplog.departures.stage(planned);
    this.#boundMemory();
    return [...touched.values()];
  }

  /** What the fork itself was given it counts; what is published already hears of it when this is. */
  #noteSuperseded(fork: BucketLog, opId: number): void {
    const log = this.#oplog.bucket(fork.name);
    if (log === null || opId > log.lastOpId) fork.noteSuperseded(opId);
    else this.#superseded.add(fork.name, log.segmentEnd(opId) ?? opId);
  }

  /** A transaction of any size over any number of buckets takes no more memory than this. */
  #boundMemory(): void {
    let bytes = 0;
    for (const fork of this.#forks.values()) bytes += fork.tailBytes;
    if (bytes > stagedBytesAtMost) for (const fork of this.#forks.values()) fork.seal();
  }

  #fork(name: string): BucketLog {
    const staged = this.#forks.get(name);
    if (staged !== undefined) return staged;
    let fork = this.#oplog.bucket(name)?.fork();
    if (fork === undefined) {
      const id = this.#bucketIds.get(name) ?? this.#nextBucketId++;
      this.#bucketIds.set(name, id);
      this.#bucketNames.set(id, name);
      fork = this.#oplog.newBucket(id, name);
    }
    this.#forks.set(name, fork);
    return fork;
  }
}

function known<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`nothing known of ${String(key)}`);
  return value;
}
