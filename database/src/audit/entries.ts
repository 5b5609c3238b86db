import type { TenantTransaction } from '#tenant-transaction.ts';

/** Tables whose rows are the first entry of their own trail; the catalogue's `names_its_cause` must say the same. */
export const factTables = [
  'count_facts',
  'field_edits',
  'label_facts',
  'line_filling_facts',
  'movements',
  'stocktake_facts',
  'transport_facts',
] as const;

/** What a company wrote from one moment until before another. Moments are decimal text, as they outgrow a number. */
export type Moments = { readonly from: string; readonly until: string };

/** Before any moment there is. */
export const FIRST_MOMENT = '-9223372036854775808';

export type Entry = {
  readonly moment: string;
  /** The table that it stands in. */
  readonly source: string;
  readonly id: string;
  /** SHA-256 of what it says. */
  readonly hash: Buffer;
};

/** Count and hashes of entries, made where they lie. */
export type EntriesSummary = { readonly count: number; readonly hash: Buffer; readonly marks: Buffer };

/** How many bytes of an entry's hash its link keeps. */
export const MARK_BYTES = 8;

/** Every entry, in the order of the chain. */
export async function readEntries(
  tx: TenantTransaction,
  tenantId: string,
  { from, until }: Moments,
): Promise<readonly Entry[]> {
  const { rows } = await tx.query<Entry>(
    `SELECT moment::text, source, id, hash FROM (${ENTRIES}) e ORDER BY ${CHAIN_ORDER}`,
    [tenantId, from, until],
  );
  return rows;
}

/** As `readEntries`, without bringing them here. */
export async function summariseEntries(
  tx: TenantTransaction,
  tenantId: string,
  { from, until }: Moments,
): Promise<EntriesSummary> {
  const { rows } = await tx.query<EntriesSummary>(
    `SELECT count(*)::int AS count, sha256(coalesce(string_agg(hash, '' ORDER BY ${CHAIN_ORDER}), '')) AS hash,
       coalesce(string_agg(substr(hash, 1, ${MARK_BYTES}), '' ORDER BY ${CHAIN_ORDER}), '') AS marks
     FROM (${ENTRIES}) e`,
    [tenantId, from, until],
  );
  const [summary] = rows;
  if (summary === undefined) throw new Error('a sum has always a row');
  return summary;
}

const CHAIN_ORDER = 'e.moment, e.source COLLATE "C", e.id COLLATE "C"';

/**
 * Facts count as they were added: what the trail says to have changed in them since is put back. A later column of a fact
 * must be null in the facts that are there already, as nulls are left out; one with another value would change them all.
 * `trail_of_facts` leaves out what no device sent: whoever changes a fact by hand is not believed.
 */
const ENTRIES = `
  WITH trail_of_facts AS (
    SELECT table_name, row_id, jsonb_object_agg(field, old) AS at_first
    FROM (
      SELECT DISTINCT ON (a.table_name, a.row_id, change.key) a.table_name, a.row_id, change.key AS field,
        change.value -> 0 AS old
      FROM audit_log a CROSS JOIN LATERAL jsonb_each(a.changes) AS change
      WHERE a.tenant_id = $1 AND a.table_name IN (${factTables.map((name) => `'${name}'`).join(', ')})
        AND a.action = 'update' AND a.device_id IS NOT NULL
      ORDER BY a.table_name, a.row_id, change.key, a.moment, a.id
    ) AS first_changes
    GROUP BY table_name, row_id
  ), said AS (
    SELECT a.moment, 'audit_log' AS source, a.id::text AS id,
      jsonb_build_array(a.at, a.table_name, a.row_id, a.action, a.changes, a.user_id, a.device_id, a.operation_id,
        a.request_id)::text AS content
    FROM audit_log a WHERE a.tenant_id = $1 AND a.moment >= $2 AND a.moment < $3
    UNION ALL
    SELECT o.moment, 'operations', o.id::text, jsonb_strip_nulls(to_jsonb(o))::text
    FROM operations o WHERE o.tenant_id = $1 AND o.moment >= $2 AND o.moment < $3
    ${factTables.map(factsOf).join('')}
  )
  SELECT moment, source, id, sha256(convert_to(concat_ws(' ', source, id, moment, content), 'UTF8')) AS hash FROM said`;

function factsOf(table: string): string {
  return `
    UNION ALL
    SELECT o.moment, '${table}', f.id::text, jsonb_strip_nulls(to_jsonb(f) || coalesce(t.at_first, '{}'))::text
    FROM operations o JOIN ${table} f ON f.tenant_id = o.tenant_id AND f.operation_id = o.id
    LEFT JOIN trail_of_facts t ON t.table_name = '${table}' AND t.row_id = f.id::text
    WHERE o.tenant_id = $1 AND o.moment >= $2 AND o.moment < $3`;
}
