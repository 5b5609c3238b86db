import { setTimeout as wait } from 'node:timers/promises';
import type { Queryable, SyncSchema } from '#oplog/oplog-store.ts';
import type { SourceTable } from './source-tables.ts';

export type ReplicationState = {
  readonly deployment: string;
  readonly slot: string;
  readonly lastOpId: number;
  readonly lsn: string;
  /** Every table was copied at least once since the slot was made. */
  readonly isCopied: boolean;
  readonly consistentFrom: string | null;
  /** Every operation may be served. */
  readonly isWhole: boolean;
  /** The newest operation that may be served; null before the first copy is whole. */
  readonly servedTo: number | null;
  /** Which one the slot was made for; empty while no slot leads on from what is kept. */
  readonly publication: string;
};

/** Only one server may write operations. False when another still does; one that has just ended is waited for. */
export async function takeWriterLock(db: Queryable): Promise<boolean> {
  const givenUpAt = performance.now() + 1000;
  while (performance.now() < givenUpAt) {
    const { rows } = await db.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
      WRITER_LOCK,
    ]);
    if (rows[0]?.taken === true) return true;
    await wait(50);
  }
  return false;
}

const WRITER_LOCK = 7_120_455_019;

export type StoredState = {
  readonly state: ReplicationState;
  readonly configText: string;
  readonly meaning: string;
  readonly cluster: string;
};

/** What is kept in a schema; null where nothing is. */
export async function readState(db: Queryable, schema: SyncSchema): Promise<StoredState | null> {
  const exists = await db.query<{ state: string | null }>(
    `SELECT to_regclass('${schema}.state')::text AS state`,
  );
  if (exists.rows[0]?.state == null) return null;
  const { rows } = await db.query<{
    deployment: string;
    config_meaning: string;
    config_text: string;
    cluster: string;
    slot: string;
    publication: string;
    last_op_id: string;
    lsn: string;
    is_copied: boolean;
    consistent_from: string | null;
    served_to: string | null;
  }>(`SELECT *, last_op_id::text FROM ${schema}.state`);
  const [row] = rows;
  if (row === undefined) return null;
  const isWhole = row.is_copied && row.consistent_from === null;
  const servedTo = isWhole ? row.last_op_id : row.served_to;
  return {
    configText: row.config_text,
    meaning: row.config_meaning,
    cluster: row.cluster,
    state: {
      deployment: row.deployment,
      slot: row.slot,
      lastOpId: Number(row.last_op_id),
      lsn: row.lsn,
      isCopied: row.is_copied,
      consistentFrom: row.consistent_from,
      isWhole,
      servedTo: servedTo === null ? null : Number(servedTo),
      publication: row.publication,
    },
  };
}

/** From here on every table must be copied again; what is logged stays, and only differences will be added. */
export async function discardCopy(db: Queryable): Promise<void> {
  await db.query('UPDATE sync.source_tables SET copied_to = NULL, is_copied = false');
  await db.query(
    `UPDATE sync.state SET is_copied = false, consistent_from = NULL, publication = '',
       served_to = CASE WHEN is_copied AND consistent_from IS NULL THEN last_op_id ELSE served_to END`,
  );
}

/** A slot was made for this publication, and sends everything from `slotFrom` on. */
export async function beginCopy(db: Queryable, publication: string, slotFrom: string): Promise<void> {
  await db.query('UPDATE sync.state SET lsn = $1, publication = $2', [slotFrom, publication]);
}

/** Everything was copied; it is whole once the log was followed to where it stands now. */
export async function finishCopy(db: Queryable): Promise<string> {
  const { rows } = await db.query<{ consistent_from: string }>(
    'UPDATE sync.state SET is_copied = true, consistent_from = pg_current_wal_insert_lsn() RETURNING consistent_from',
  );
  return rows[0]?.consistent_from ?? '0/0';
}

/** What was copied is whole, and may be served. */
export async function forgetCopyBound(db: Queryable): Promise<void> {
  await db.query('UPDATE sync.state SET consistent_from = NULL, served_to = NULL');
}

export type CopyProgress = {
  readonly copiedTo: string[] | null;
  readonly isCopied: boolean;
  readonly shape: string;
};

/** Numbers of the tables, and how far each was copied. Tables that are new get a number. */
export async function openSourceTables(
  db: Queryable,
  tables: readonly SourceTable[],
): Promise<{ ids: Map<string, number>; progress: Map<string, CopyProgress> }> {
  await db.query(
    `INSERT INTO sync.source_tables (id, name, shape)
     SELECT (SELECT coalesce(max(id), 0) FROM sync.source_tables) + row_number() OVER (ORDER BY t.place), t.name, t.shape
     FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS t (name, shape, place)
     WHERE t.name NOT IN (SELECT name FROM sync.source_tables)`,
    [tables.map((table) => table.name), tables.map((table) => table.shape)],
  );
  const { rows } = await db.query<{
    id: number;
    name: string;
    shape: string;
    copied_to: string[] | null;
    is_copied: boolean;
  }>('SELECT * FROM sync.source_tables');
  return {
    ids: new Map(rows.map((row) => [row.name, row.id])),
    progress: new Map(
      rows.map((row) => [row.name, { copiedTo: row.copied_to, isCopied: row.is_copied, shape: row.shape }]),
    ),
  };
}

export async function noteCopied(
  db: Queryable,
  table: SourceTable,
  copiedTo: readonly string[] | null,
  isCopied: boolean,
): Promise<void> {
  await db.query(
    'UPDATE sync.source_tables SET copied_to = coalesce($2, copied_to), is_copied = $3, shape = $4 WHERE name = $1',
    [table.name, copiedTo, isCopied, table.shape],
  );
}
