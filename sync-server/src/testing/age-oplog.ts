import type { Client } from 'pg';

/**
 * Gives the bucket with the most operations a history: as if each of its rows had been changed `changesPerRow` times,
 * evenly spread over the past, and nothing of it merged yet. No sync server may run meanwhile; every sum stays right.
 */
export async function ageOplog(db: Client, changesPerRow: number): Promise<{ readonly opCount: number }> {
  const [bucket] = (
    await db.query<{ id: number; op_count: string; base: string }>(
      `SELECT id, op_count, (SELECT last_op_id FROM sync.state) AS base FROM sync.buckets
       ORDER BY op_count DESC LIMIT 1`,
    )
  ).rows;
  if (bucket === undefined) throw new Error('there is no bucket yet');
  const step = changesPerRow + 1;
  // Each row moves up behind everything there was, as the last of its `step` operations.
  await db.query(
    `CREATE TEMPORARY TABLE places AS SELECT op_id AS old, $2 + row_number() OVER (ORDER BY op_id) * $3 AS place
     FROM sync.ops WHERE bucket_id = $1 AND superseded_by IS NULL`,
    [bucket.id, Number(bucket.base), step],
  );
  await db.query('DELETE FROM sync.ops WHERE bucket_id = $1 AND superseded_by IS NOT NULL', [bucket.id]);
  await db.query('UPDATE sync.ops SET op_id = place FROM places WHERE bucket_id = $1 AND op_id = old', [
    bucket.id,
  ]);
  await db.query(
    `INSERT INTO sync.ops (bucket_id, op_id, source_table, source_key, row_id, checksum, superseded_by)
     SELECT bucket_id, op_id - change, source_table, source_key, row_id, (op_id * 2654435761 + change) % 4294967296, op_id
     FROM sync.ops CROSS JOIN generate_series(1, $2::int) AS change WHERE bucket_id = $1`,
    [bucket.id, changesPerRow],
  );
  await db.query(
    `UPDATE sync.buckets SET (checksum, op_count, last_op_id) =
       (SELECT sum(checksum) % 4294967296, count(*), max(op_id) FROM sync.ops WHERE bucket_id = $1) WHERE id = $1`,
    [bucket.id],
  );
  await db.query('UPDATE sync.state SET last_op_id = (SELECT max(last_op_id) FROM sync.buckets)');
  await db.query('DROP TABLE places');
  await db.query('VACUUM ANALYZE sync.ops');
  const { rows } = await db.query<{ n: string }>('SELECT count(*) AS n FROM sync.ops');
  return { opCount: Number(rows[0]?.n) };
}
