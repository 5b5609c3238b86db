import { readSums } from './merge-store.ts';
import type { Queryable, SyncSchema } from './oplog-store.ts';
import { type SegmentLimits, type StoredSegment, segmentLimits } from './segments.ts';

type Cell = StoredSegment & { readonly bucketId: number };

/** Operations are counted by thousands of numbers first: that takes one pass over the table and no order. */
const numbersPerCell = 1000;

/** The rows of all buckets up to an operation, cut into segments that fit a line, by bucket. Not to be called within a transaction. */
export async function readSegments(
  db: Queryable,
  schema: SyncSchema,
  upTo: number,
  limits: SegmentLimits = segmentLimits,
): Promise<Map<number, StoredSegment[]>> {
  const numbers = Math.min(numbersPerCell, limits.ops);
  const cells = await readCells(db, schema, { numbers, upTo });
  const byBucket = new Map<number, StoredSegment[]>();
  for (const cell of cells) {
    const segments = byBucket.get(cell.bucketId) ?? [];
    byBucket.set(cell.bucketId, segments);
    const parts =
      cell.bytes > limits.bytes ? await cutCell(db, schema, cell, { numbers, bytes: limits.bytes }) : [cell];
    for (const part of parts) addPart(segments, part, limits);
  }
  for (const bucketId of await readMergedBuckets(db, schema)) {
    const segments = byBucket.get(bucketId) ?? [];
    byBucket.set(bucketId, await noteMerged(db, schema, bucketId, segments));
  }
  return byBucket;
}

/** Buckets of which rows may be gone. */
async function readMergedBuckets(db: Queryable, schema: SyncSchema): Promise<number[]> {
  const { rows } = await db.query<[string]>({
    rowMode: 'array',
    text: `SELECT DISTINCT bucket_id FROM ${schema}.checksums`,
  });
  return rows.map(([id]) => Number(id));
}

/** Rows are gone where more operations were summed than still have a row. */
async function noteMerged(
  db: Queryable,
  schema: SyncSchema,
  bucketId: number,
  segments: readonly StoredSegment[],
): Promise<StoredSegment[]> {
  const noted: StoredSegment[] = [];
  for (const segment of segments) {
    const sums = await readSums({ db, schema }, { bucketId, from: noted.at(-1)?.to ?? 0, to: segment.to });
    const { rows } = await db.query<[string]>({
      name: `${schema}-count-summed`,
      rowMode: 'array',
      text: `SELECT count(*) FROM unnest($2::bigint[], $3::bigint[]) AS s (first, last)
        JOIN ${schema}.ops ON bucket_id = $1 AND op_id BETWEEN first AND last`,
      values: [bucketId, sums.map(({ first }) => first), sums.map(({ last }) => last)],
    });
    const summedCount = sums.reduce((count, { opCount }) => count + opCount, 0);
    noted.push({ ...segment, isMerged: summedCount > Number(rows[0]?.[0] ?? 0) });
  }
  return noted;
}

function addPart(segments: StoredSegment[], part: StoredSegment, limits: SegmentLimits): void {
  const last = segments.at(-1);
  const fits =
    last !== undefined &&
    last.opCount + part.opCount <= limits.ops &&
    last.bytes + part.bytes <= limits.bytes;
  if (!fits) {
    const { to, opCount, bytes, supersededCount } = part;
    segments.push({ to, opCount, bytes, supersededCount, isMerged: false });
    return;
  }
  segments[segments.length - 1] = {
    to: part.to,
    opCount: last.opCount + part.opCount,
    bytes: last.bytes + part.bytes,
    supersededCount: last.supersededCount + part.supersededCount,
    isMerged: false,
  };
}

async function readCells(
  db: Queryable,
  schema: SyncSchema,
  { numbers, upTo }: { readonly numbers: number; readonly upTo: number },
): Promise<Cell[]> {
  await db.query('BEGIN');
  // Our sessions avoid these, as for few rows they are the wrong way; this reads them all.
  await db.query('SET LOCAL enable_seqscan = on; SET LOCAL enable_hashagg = on');
  const { rows } = await db.query<string[]>({
    rowMode: 'array',
    text: `SELECT bucket_id, max(op_id), count(*), sum(coalesce(octet_length(data), 0) + 64), count(superseded_by)
      FROM ${schema}.ops WHERE op_id <= $2 GROUP BY bucket_id, op_id / $1::bigint ORDER BY 1, 2`,
    values: [numbers, upTo],
  });
  await db.query('COMMIT');
  return rows.map(([bucketId, ...counts]) => ({ bucketId: Number(bucketId), ...segmentOf(counts) }));
}

/** A few rows can be too much for one line. */
async function cutCell(
  db: Queryable,
  schema: SyncSchema,
  cell: Cell,
  { numbers, bytes }: { readonly numbers: number; readonly bytes: number },
): Promise<StoredSegment[]> {
  const { rows } = await db.query<string[]>({
    rowMode: 'array',
    text: `SELECT max(op_id), count(*), sum(bytes), count(superseded_by) FROM (
        SELECT op_id, superseded_by, bytes, sum(bytes) OVER (ORDER BY op_id) / $4::bigint AS place
        FROM (SELECT *, coalesce(octet_length(data), 0) + 64 AS bytes FROM ${schema}.ops
          WHERE bucket_id = $1 AND op_id >= $2 AND op_id <= $3) AS o
      ) AS cut GROUP BY place ORDER BY 1`,
    values: [cell.bucketId, Math.floor(cell.to / numbers) * numbers, cell.to, bytes],
  });
  return rows.map(segmentOf);
}

function segmentOf([to, opCount, bytes, supersededCount]: readonly string[]): StoredSegment {
  return {
    to: Number(to),
    opCount: Number(opCount),
    bytes: Number(bytes),
    supersededCount: Number(supersededCount),
    isMerged: false,
  };
}
