import { addChecksums } from './operation-log.ts';
import type { Queryable, SyncSchema } from './oplog-store.ts';
import { type PresentOp, rangesToSum, type SummedRange } from './range-sums.ts';

/** Operations in one row of sync.checksums at most: some 30 kB, and a few milliseconds to add up a part of it. */
export const opsPerSum = 4096;

/** Two servers never write, but what one left running may still be at work when the next begins. */
export const MERGE_LOCK = 7_120_455_020;

/**
 * Removes the rows of (from, to] that operations up to `upTo` superseded, once their checksums are kept. Nothing that a
 * writer wants is locked. Returns how many rows are gone.
 */
export async function mergeSuperseded(
  db: Queryable,
  place: { readonly bucketId: number; readonly from: number; readonly to: number; readonly upTo: number },
): Promise<number> {
  const { bucketId, from, to, upTo } = place;
  await db.query('BEGIN');
  try {
    await db.query('SELECT pg_advisory_xact_lock($1)', [MERGE_LOCK]);
    const summed = await db.query<[string, string]>({
      name: 'sync-summed',
      rowMode: 'array',
      text: `SELECT first_op_id, last_op_id FROM sync.checksums
        WHERE bucket_id = $1 AND last_op_id > $2 AND first_op_id <= $3 ORDER BY last_op_id`,
      values: [bucketId, from, to],
    });
    const present = await db.query<[string, string]>({
      name: 'sync-to-sum',
      rowMode: 'array',
      text: 'SELECT op_id, checksum FROM sync.ops WHERE bucket_id = $1 AND op_id > $2 AND op_id <= $3 ORDER BY op_id',
      values: [bucketId, from, to],
    });
    const ranges = rangesToSum(
      present.rows.map(([opId, checksum]) => ({ opId: Number(opId), checksum: Number(checksum) })),
      summed.rows.map(([first, last]) => ({ first: Number(first), last: Number(last) })),
      opsPerSum,
    );
    for (const ops of ranges) await storeSums(db, bucketId, ops[0]?.opId ?? 0, ops);
    const { rowCount } = await db.query({
      name: 'sync-remove-superseded',
      text: 'DELETE FROM sync.ops WHERE bucket_id = $1 AND op_id > $2 AND op_id <= $3 AND superseded_by <= $4',
      values: [bucketId, from, to, upTo],
    });
    await db.query('COMMIT');
    return rowCount ?? 0;
  } catch (error) {
    await db.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** One row for all operations from `first` to the last of `ops`; one that `isRun` stands for several. */
export async function storeSums(
  db: Queryable,
  bucketId: number,
  first: number,
  ops: readonly (Pick<PresentOp, 'opId' | 'checksum'> & { readonly isRun?: boolean })[],
): Promise<void> {
  await db.query({
    name: 'sync-store-sums',
    text: `INSERT INTO sync.checksums (bucket_id, first_op_id, last_op_id, op_count, checksum, op_ids, checksums, run_ids)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      bucketId,
      first,
      ops.at(-1)?.opId,
      ops.length,
      ops.reduce((sum, op) => addChecksums(sum, op.checksum), 0),
      ops.map((op) => op.opId),
      ops.map((op) => op.checksum - 2 ** 31),
      ops.filter((op) => op.isRun === true).map((op) => op.opId),
    ],
  });
}

/** The parts of kept sums that lie in (from, to]. Only those at its two ends need to be added up. */
export async function readSums(
  { db, schema }: { readonly db: Queryable; readonly schema: SyncSchema },
  { bucketId, from, to }: { readonly bucketId: number; readonly from: number; readonly to: number },
): Promise<SummedRange[]> {
  const { rows } = await db.query<[string, string, string, string, boolean]>({
    name: `${schema}-read-sums`,
    rowMode: 'array',
    text: `SELECT greatest(first_op_id, $2 + 1), least(last_op_id, $3), part.op_count, part.checksum,
        CASE WHEN s.first_op_id > $2 OR cardinality(s.run_ids) = 0 OR $2 = ANY (s.op_ids) THEN false
          ELSE (SELECT min(op_id) FROM unnest(s.op_ids) AS op_id WHERE op_id > $2) = ANY (s.run_ids) END
      FROM ${schema}.checksums s CROSS JOIN LATERAL (
        SELECT s.op_count, s.checksum WHERE s.first_op_id > $2 AND s.last_op_id <= $3
        UNION ALL
        SELECT count(*), coalesce(sum(checksum + 2147483648), 0) FROM unnest(s.op_ids, s.checksums) AS op (op_id, checksum)
        WHERE NOT (s.first_op_id > $2 AND s.last_op_id <= $3) AND op_id > $2 AND op_id <= $3
        HAVING NOT (s.first_op_id > $2 AND s.last_op_id <= $3)
      ) AS part
      WHERE s.bucket_id = $1 AND s.last_op_id > $2 AND s.first_op_id <= $3
        AND s.last_op_id <= (SELECT coalesce(min(last_op_id), 9223372036854775807) FROM ${schema}.checksums
          WHERE bucket_id = $1 AND last_op_id >= $3)
      ORDER BY s.last_op_id`,
    values: [bucketId, from, to],
  });
  return rows.map(([first, last, opCount, checksum, isCut]) => ({
    first: Number(first),
    last: Number(last),
    opCount: Number(opCount),
    checksum: Number(checksum) % 2 ** 32,
    isCut,
  }));
}
