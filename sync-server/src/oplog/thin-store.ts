import type { BucketLog } from './bucket-log.ts';
import { MERGE_LOCK, opsPerSum, storeSums } from './merge-store.ts';
import type { Queryable } from './oplog-store.ts';
import { type SumEntry, thinEntries } from './thin-sums.ts';

/** Rows that become one another in one transaction: some hundred kilobytes. */
const rowsAtOnce = 8;

/** Buckets with sums that were written at least so long ago. */
export async function bucketsToThin(db: Queryable, keepMs: number): Promise<Set<number>> {
  const { rows } = await db.query<[string]>({
    rowMode: 'array',
    text: `SELECT DISTINCT bucket_id FROM sync.checksums WHERE kept_at <= now() - $1 * interval '1 ms'`,
    values: [keepMs],
  });
  return new Set(rows.map(([id]) => Number(id)));
}

/** Makes sums of this bucket that were written at least so long ago as few as they can be. Returns how many went. */
export async function thinSums(db: Queryable, bucket: BucketLog, keepMs: number): Promise<number> {
  let gone = 0;
  for (const group of await groupsToThin(db, bucket.id, keepMs)) gone += await thinGroup(db, bucket, group);
  return gone;
}

type Group = { readonly first: string; readonly last: string };

/** Old rows behind one another, a few to a group: what lies between two of them is old too. */
async function groupsToThin(db: Queryable, bucketId: number, keepMs: number): Promise<Group[]> {
  const { rows } = await db.query<[string, string]>({
    rowMode: 'array',
    text: `SELECT min(first_op_id), max(last_op_id) FROM (
        SELECT *, row_number() OVER (PARTITION BY is_old, place - old_place ORDER BY place) / $3::int AS part FROM (
          SELECT first_op_id, last_op_id, is_old, row_number() OVER all_rows AS place,
            row_number() OVER (PARTITION BY is_old ORDER BY last_op_id) AS old_place
          FROM (SELECT *, kept_at <= now() - $2 * interval '1 ms' AS is_old FROM sync.checksums WHERE bucket_id = $1) AS r
          WINDOW all_rows AS (ORDER BY last_op_id)
        ) AS placed
      ) AS parted WHERE is_old GROUP BY place - old_place, part ORDER BY 2`,
    values: [bucketId, keepMs, rowsAtOnce],
  });
  return rows.map(([first, last]) => ({ first, last }));
}

async function thinGroup(db: Queryable, bucket: BucketLog, { first, last }: Group): Promise<number> {
  await db.query('BEGIN');
  try {
    await db.query('SELECT pg_advisory_xact_lock($1)', [MERGE_LOCK]);
    const range = [bucket.id, first, last];
    const summed = await db.query<[string, string, boolean]>({
      rowMode: 'array',
      text: `SELECT op_id, op.checksum + 2147483648, op_id = ANY (run_ids) FROM sync.checksums
        CROSS JOIN LATERAL unnest(op_ids, checksums) AS op (op_id, checksum)
        WHERE bucket_id = $1 AND first_op_id >= $2 AND last_op_id <= $3 ORDER BY op_id`,
      values: range,
    });
    const present = await db.query<[string, string]>({
      rowMode: 'array',
      text: 'SELECT op_id, checksum FROM sync.ops WHERE bucket_id = $1 AND op_id BETWEEN $2 AND $3 ORDER BY op_id',
      values: range,
    });
    await db.query(
      'DELETE FROM sync.checksums WHERE bucket_id = $1 AND first_op_id >= $2 AND last_op_id <= $3',
      range,
    );
    const live = new Set(present.rows.map(([opId]) => Number(opId)));
    const entries = new Map<number, SumEntry>();
    for (const [opId, checksum, isRun] of summed.rows)
      entries.set(Number(opId), { opId: Number(opId), checksum: Number(checksum), isRun });
    // Those between two rows were never summed, and so all have theirs.
    for (const [opId, checksum] of present.rows)
      if (!entries.has(Number(opId)))
        entries.set(Number(opId), { opId: Number(opId), checksum: Number(checksum), isRun: false });
    const thin = thinEntries(
      [...entries.values()].toSorted((a, b) => a.opId - b.opId),
      { isKept: (opId) => live.has(opId), isLineEnd: (opId) => bucket.segmentEnd(opId) === opId },
    );
    let start = Number(first);
    for (let at = 0; at < thin.length; at += opsPerSum) {
      const part = thin.slice(at, at + opsPerSum);
      await storeSums(db, bucket.id, start, part);
      start = (part.at(-1)?.opId ?? 0) + 1;
    }
    await db.query('COMMIT');
    return summed.rows.length - thin.length;
  } catch (error) {
    await db.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
