import { type BucketValue, lookupName } from '#config/sync-plan.ts';
import type { Queryable, SyncSchema } from '#oplog/oplog-store.ts';
import type { LookupChanges, LookupRow } from './plan-lookups.ts';

/** What is found in these source rows as of the newest write. */
export async function readCurrentLookups(
  db: Queryable,
  keys: { readonly tableIds: readonly number[]; readonly keys: readonly string[] },
): Promise<(LookupRow & { readonly tableId: number; readonly sourceKey: string })[]> {
  const { rows } = await db.query<[number, string, number, string, string]>({
    name: 'sync-current-lookups',
    rowMode: 'array',
    text: `SELECT r.source_table, r.source_key, r.lookup, r.lookup_key, r.value
      FROM unnest($1::smallint[], $2::text[]) AS k (source_table, source_key)
      JOIN sync.lookup_rows r ON r.source_table = k.source_table AND r.source_key = k.source_key COLLATE "C"
      WHERE r.removed_at IS NULL`,
    values: [keys.tableIds, keys.keys],
  });
  return rows.map(([tableId, sourceKey, lookup, key, value]) => ({ tableId, sourceKey, lookup, key, value }));
}

/** Writes changes as of `opId`, and forgets what was removed at or before `horizon`, where nobody looks any more. */
export async function writeLookups(
  db: Queryable,
  { added, removed }: LookupChanges,
  { opId, horizon }: { readonly opId: number; readonly horizon: number },
  idOfTable: (name: string) => number,
): Promise<void> {
  await db.query({
    name: 'sync-remove-lookups',
    text: `WITH forgotten AS (DELETE FROM sync.lookup_rows WHERE removed_at <= $1)
      UPDATE sync.lookup_rows r SET removed_at = $2
      FROM unnest($3::smallint[], $4::text[], $5::smallint[]) AS k (source_table, source_key, lookup)
      WHERE r.source_table = k.source_table AND r.source_key = k.source_key COLLATE "C" AND r.lookup = k.lookup
        AND r.removed_at IS NULL`,
    values: [
      horizon,
      opId,
      removed.map((row) => idOfTable(row.table)),
      removed.map((row) => row.sourceKey),
      removed.map((row) => row.lookup),
    ],
  });
  if (added.length === 0) return;
  await db.query({
    name: 'sync-add-lookups',
    text: `INSERT INTO sync.lookup_rows (lookup, lookup_key, value, source_table, source_key, added_at)
      SELECT *, $6 FROM unnest($1::smallint[], $2::text[], $3::text[], $4::smallint[], $5::text[])`,
    values: [
      added.map((row) => row.lookup),
      added.map((row) => row.key),
      added.map((row) => row.value),
      added.map((row) => idOfTable(row.table)),
      added.map((row) => row.sourceKey),
      opId,
    ],
  });
}

/** By name of the lookup, what it finds, in a fixed order. At most `limit` values in all, one more says: too many. */
export type ReadLookups = (
  asked: readonly { readonly lookup: { readonly id: number }; readonly key: string }[],
  head: number,
  limit: number,
) => Promise<ReadonlyMap<string, readonly BucketValue[]>>;

/** Reads what lookups find in the state that the operation `head` made, of the deployment that is served then. */
export function lookupReader(db: Queryable, schemaOf: () => SyncSchema): ReadLookups {
  return async (asked, head, limit) => {
    const schema = schemaOf();
    const { rows } = await db.query<[number, string, string]>({
      name: `${schema}-read-lookups`,
      rowMode: 'array',
      text: `SELECT DISTINCT r.lookup, r.lookup_key, r.value
        FROM unnest($1::smallint[], $2::text[]) AS k (lookup, lookup_key)
        JOIN ${schema}.lookup_rows r ON r.lookup = k.lookup AND r.lookup_key = k.lookup_key COLLATE "C"
        WHERE r.added_at <= $3 AND (r.removed_at IS NULL OR r.removed_at > $3)
        ORDER BY 1, 2, 3 LIMIT $4`,
      values: [asked.map((one) => one.lookup.id), asked.map((one) => one.key), head, limit],
    });
    const found = Map.groupBy(rows, ([lookup, key]) => lookupName(lookup, key));
    return new Map(
      [...found].map(([name, values]) => [name, values.map((row) => JSON.parse(row[2]) as BucketValue)]),
    );
  };
}
