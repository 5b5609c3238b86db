import type { Client, Pool, PoolClient } from 'pg';
import { integerArray, textArray } from './binary-arrays.ts';
import type { BucketLog } from './bucket-log.ts';
import { readSums } from './merge-store.ts';
import type { LoggedOp } from './operation-log.ts';
import type { StoredRange } from './oplog.ts';
import type { CurrentOp, PlannedOp } from './plan-ops.ts';
import { droppedOf, type PresentOp } from './range-sums.ts';

/** Anything that runs a statement. */
export type Queryable = Pick<Client | Pool | PoolClient, 'query'>;

/** Where a deployment is kept: the newest one, and the one that is served while the newest is being copied. */
export type SyncSchema = 'sync' | 'sync_served';

/** The newest operations of each of these source rows, in any bucket; a list for each row, empty where there are none. */
export async function readCurrentOps(
  db: Queryable,
  rows: { readonly tableIds: readonly number[]; readonly keys: readonly string[] },
  nameOfBucket: (id: number) => string,
): Promise<CurrentOp[][]> {
  const found = await db.query<[string, string, string, string, string | null]>({
    name: 'sync-current-ops',
    rowMode: 'array',
    text: `SELECT k.place, o.bucket_id, o.op_id, o.row_id, o.data
      FROM unnest($1::smallint[], $2::text[]) WITH ORDINALITY AS k (source_table, source_key, place)
      JOIN sync.ops o ON o.source_table = k.source_table AND o.source_key = k.source_key COLLATE "C"
      WHERE o.superseded_by IS NULL ORDER BY o.op_id`,
    values: [integerArray('int2', rows.tableIds), textArray(rows.keys)],
    types: asTheyCome,
  });
  const current: CurrentOp[][] = rows.keys.map(() => []);
  for (const [place, bucket, opId, rowId, data] of found.rows) {
    current[Number(place) - 1]?.push({
      bucket: nameOfBucket(Number(bucket)),
      opId: Number(opId),
      rowId,
      data,
    });
  }
  return current;
}

/** Values as PostgreSQL prints them: numbers are read where they are used. */
const asTheyCome = { getTypeParser: () => (text: string) => text };

/** Keys of the rows of a table that are in any bucket or found by a lookup, after `after`, at most `limit`. */
export async function readLiveKeys(db: Queryable, tableId: number, after: string, limit: number) {
  const { rows } = await db.query<[string]>({
    rowMode: 'array',
    text: `(SELECT DISTINCT source_key FROM sync.ops WHERE source_table = $1 AND source_key > $2
        AND superseded_by IS NULL AND data IS NOT NULL ORDER BY source_key LIMIT $3)
      UNION (SELECT DISTINCT source_key FROM sync.lookup_rows WHERE source_table = $1 AND source_key > $2
        AND removed_at IS NULL ORDER BY source_key LIMIT $3)
      ORDER BY source_key LIMIT $3`,
    values: [tableId, after, limit],
  });
  return rows.map(([key]) => key);
}

/** Rows of these tables that were in buckets and are in none any more. */
export async function readDepartedRows(
  db: Queryable,
  tableIds: ReadonlyMap<string, number>,
): Promise<{ table: string; rowId: string }[]> {
  const { rows } = await db.query<[string, string]>({
    rowMode: 'array',
    text: `SELECT t.name, o.row_id FROM unnest($1::smallint[], $2::text[]) AS t (id, name)
      JOIN sync.ops o ON o.source_table = t.id
      WHERE o.superseded_by IS NULL GROUP BY 1, 2 HAVING bool_and(o.data IS NULL)`,
    values: [[...tableIds.values()], [...tableIds.keys()]],
  });
  return rows.map(([table, rowId]) => ({ table, rowId }));
}

export type OpsToWrite = {
  readonly ops: readonly PlannedOp[];
  /** Buckets that got operations, with their totals after them. */
  readonly buckets: readonly BucketLog[];
  readonly lastOpId: number;
  /** The end of the last whole transaction among them; null while one is still being written. */
  readonly lsn: string | null;
};

/** Writes operations, totals and position in one statement, so that they are kept together or not at all. */
export async function writeOps(
  db: Queryable,
  batch: OpsToWrite,
  idOfBucket: (name: string) => number,
  idOfTable: (name: string) => number,
): Promise<void> {
  const superseding = batch.ops.filter((op) => op.supersedes !== null);
  await db.query({
    name: 'sync-write-ops',
    text: `WITH superseded AS (
        UPDATE sync.ops o SET data = NULL, superseded_by = s.op_id
        FROM unnest($1::int[], $2::bigint[], $3::bigint[]) AS s (bucket_id, old_op_id, op_id)
        WHERE o.bucket_id = s.bucket_id AND o.op_id = s.old_op_id
      ), written AS (
        INSERT INTO sync.ops (bucket_id, op_id, source_table, source_key, row_id, checksum, data)
        SELECT * FROM unnest($4::int[], $5::bigint[], $6::smallint[], $7::text[], $8::text[], $9::bigint[], $10::text[])
      ), totals AS (
        INSERT INTO sync.buckets AS b (id, name, checksum, op_count, last_op_id)
        SELECT * FROM unnest($11::int[], $12::text[], $13::bigint[], $14::bigint[], $15::bigint[])
        ON CONFLICT (id) DO UPDATE
        SET checksum = excluded.checksum, op_count = excluded.op_count, last_op_id = excluded.last_op_id
      )
      UPDATE sync.state SET last_op_id = $16, lsn = greatest(lsn, $17::pg_lsn)`,
    values: [
      integerArray(
        'int4',
        superseding.map((op) => idOfBucket(op.bucket)),
      ),
      integerArray(
        'int8',
        superseding.map((op) => op.supersedes),
      ),
      integerArray(
        'int8',
        superseding.map((op) => op.opId),
      ),
      integerArray(
        'int4',
        batch.ops.map((op) => idOfBucket(op.bucket)),
      ),
      integerArray(
        'int8',
        batch.ops.map((op) => op.opId),
      ),
      integerArray(
        'int2',
        batch.ops.map((op) => idOfTable(op.table)),
      ),
      textArray(batch.ops.map((op) => op.key)),
      textArray(batch.ops.map((op) => op.rowId)),
      integerArray(
        'int8',
        batch.ops.map((op) => op.checksum),
      ),
      textArray(batch.ops.map((op) => op.data)),
      integerArray(
        'int4',
        batch.buckets.map((bucket) => bucket.id),
      ),
      textArray(batch.buckets.map((bucket) => bucket.name)),
      integerArray(
        'int8',
        batch.buckets.map((bucket) => bucket.checksum),
      ),
      integerArray(
        'int8',
        batch.buckets.map((bucket) => bucket.opCount),
      ),
      integerArray(
        'int8',
        batch.buckets.map((bucket) => bucket.lastOpId),
      ),
      batch.lastOpId,
      batch.lsn,
    ],
  });
}

/** The operations after `from` up to and with `to`; rows may be merged while this reads. */
export async function readOpRange(
  { db, schema }: { readonly db: Queryable; readonly schema: SyncSchema },
  range: { readonly bucketId: number; readonly from: number; readonly to: number },
  nameOfTable: (id: number) => string,
): Promise<StoredRange> {
  const { bucketId, from, to } = range;
  const { rows } = await db.query<[string, string, string, string, string | null, string | null]>({
    name: `${schema}-read-range`,
    rowMode: 'array',
    text: `SELECT op_id, source_table, row_id, checksum, data, superseded_by FROM ${schema}.ops
      WHERE bucket_id = $1 AND op_id > $2 AND op_id <= $3 ORDER BY op_id`,
    values: [bucketId, from, to],
  });
  const ops: LoggedOp[] = [];
  const present: PresentOp[] = [];
  for (const [id, table, rowId, sum, data, superseding] of rows) {
    const [opId, checksum] = [Number(id), Number(sum)];
    const supersededBy = superseding === null ? null : Number(superseding);
    present.push({ opId, checksum, supersededBy });
    if (supersededBy === null) ops.push({ opId, table: nameOfTable(Number(table)), rowId, checksum, data });
  }
  const sums = await readSums({ db, schema }, range);
  if (sums.some(({ isCut }) => isCut)) return { ops: [], dropped: null, isCut: true };
  const dropped = droppedOf(range, ops, present, sums);
  return { ops, dropped, isMerged: dropped?.isMerged ?? false };
}

export type StoredBucket = {
  readonly id: number;
  readonly name: string;
  readonly totals: { readonly checksum: number; readonly opCount: number; readonly lastOpId: number };
};

/** With totals as of `upTo`, the last operation unless told. Everything after that must still have its rows. */
export async function readBuckets(
  db: Queryable,
  schema: SyncSchema,
  upTo: number | null = null,
): Promise<StoredBucket[]> {
  const { rows } = await db.query<[string, string, string, string, string]>({
    rowMode: 'array',
    text: `SELECT id, name, (b.checksum - after.checksum) & 4294967295, op_count - after.count, least(last_op_id, $1)
      FROM ${schema}.buckets b CROSS JOIN LATERAL (
        SELECT count(*), coalesce(sum(checksum), 0)::bigint AS checksum FROM ${schema}.ops
        WHERE bucket_id = b.id AND op_id > $1
      ) AS after WHERE op_count > after.count ORDER BY id`,
    values: [upTo],
  });
  return rows.map(([id, name, checksum, opCount, lastOpId]) => ({
    id: Number(id),
    name,
    totals: { checksum: Number(checksum), opCount: Number(opCount), lastOpId: Number(lastOpId) },
  }));
}
