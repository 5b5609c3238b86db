import type { SyncPlan } from '#config/sync-plan.ts';
import { type Queryable, readLiveKeys } from '#oplog/oplog-store.ts';
import type { OplogWriter } from '#oplog/oplog-writer.ts';
import { keySeparator } from './compile-keys.ts';
import { quote, removedRow } from './pending-row.ts';
import { type CopyProgress, noteCopied } from './replication-state.ts';
import { compileRowPlan, type RowPlan } from './row-plan.ts';
import { hasKeyOf, type SourceTable } from './source-tables.ts';

export type CopyTables = {
  /** Reads the tables. */
  readonly source: Queryable;
  /** The writer's own connection, for its notes on progress. */
  readonly notes: Queryable;
  readonly writer: OplogWriter;
  readonly deployment: string;
  readonly plan: SyncPlan;
  readonly tableIds: ReadonlyMap<string, number>;
  readonly progress: ReadonlyMap<string, CopyProgress>;
  /** The log is empty. Where it may hold rows of an earlier copy, only differences are written. */
  readonly isFirstCopy: boolean;
  readonly onRows: (count: number) => void;
  readonly isStopped: () => boolean;
};

/** Rows that wait for their chunk to be written outlive the young generation: more of them make the heap grow, not the copy faster. */
const rowsPerChunk = 2000;

/**
 * Copies the tables in the order of their primary keys while people go on writing: in that order a device inserts
 * several times faster. What changes meanwhile comes again by the log. Returns false when stopped before the end.
 */
export async function copyTables(job: CopyTables, tables: readonly SourceTable[]): Promise<boolean> {
  for (const table of tables) {
    const progress = job.progress.get(table.name);
    if (progress?.isCopied === true) continue;
    const plan = compileRowPlan(job.deployment, table.name, job.plan, table.columns, table.keyColumns);
    // Under other keys the same row would come as another one, and then be taken away as the old one.
    if (progress !== undefined && !hasKeyOf(table, progress.shape)) await removeAll(job, table);
    if (!(await copyRows(job, table, plan, progress?.copiedTo ?? null))) return false;
    if (!job.isFirstCopy) await removeVanished(job, table);
    await noteCopied(job.notes, table, null, true);
  }
  return true;
}

async function copyRows(
  job: CopyTables,
  table: SourceTable,
  plan: RowPlan,
  copiedTo: readonly string[] | null,
): Promise<boolean> {
  let after = copiedTo;
  let next = readChunk(job.source, table, plan, after);
  for (;;) {
    const rows = await next;
    const last = rows.at(-1);
    if (last === undefined) return true;
    const isLast = rows.length < rowsPerChunk;
    const key = plan.keyIndexes.map((index) => last[index] ?? '');
    // The next chunk is read while this one is written.
    next = isLast ? Promise.resolve([]) : readChunk(job.source, table, plan, key);
    next.catch(() => undefined);
    const pending = rows.map((row) => ({
      table: table.name,
      key: plan.keyOf(row),
      content: () => plan.contentOf(row),
    }));
    await job.writer.write(pending, { lsn: '0/0', isServable: false }, job.isFirstCopy);
    await noteCopied(job.notes, table, key, false);
    after = key;
    job.onRows(rows.length);
    if (job.isStopped()) return false;
  }
}

async function removeAll(job: CopyTables, table: SourceTable): Promise<void> {
  const tableId = job.tableIds.get(table.name) ?? 0;
  for (let after = ''; ; ) {
    const keys = await readLiveKeys(job.notes, tableId, after, rowsPerChunk);
    const last = keys.at(-1);
    if (last === undefined) return;
    const gone = keys.map((key) => removedRow(table.name, key));
    await job.writer.write(gone, { lsn: '0/0', isServable: false });
    after = last;
  }
}

async function readChunk(
  source: Queryable,
  table: SourceTable,
  plan: RowPlan,
  after: readonly string[] | null,
): Promise<(string | null)[][]> {
  const key = table.keyColumns.map(quote).join(', ');
  const bound = table.keyTypes.map((type, index) => `$${index + 1}::${type}`).join(', ');
  const { rows } = await source.query<(string | null)[]>({
    rowMode: 'array',
    text: `SELECT ${plan.columns.map((column) => quote(column.name)).join(', ')} FROM public.${quote(table.name)}
      ${after === null ? '' : `WHERE (${key}) > (${bound})`} ORDER BY ${key} LIMIT ${rowsPerChunk}`,
    values: after === null ? [] : [...after],
    types: { getTypeParser: () => (text: string) => text },
  });
  return rows;
}

/** Rows that are logged and no longer in the table: deleted while nobody followed the log. */
async function removeVanished(job: CopyTables, table: SourceTable): Promise<void> {
  const tableId = job.tableIds.get(table.name) ?? 0;
  let after = '';
  for (;;) {
    const keys = await readLiveKeys(job.notes, tableId, after, rowsPerChunk);
    const last = keys.at(-1);
    if (last === undefined) return;
    const parts = keys.map((key) => key.split(keySeparator));
    const { rows } = await job.source.query<[string]>({
      rowMode: 'array',
      text: `SELECT k.key FROM unnest($1::text[], ${table.keyTypes.map((_, at) => `$${at + 2}::text[]`).join(', ')})
          AS k (key, ${table.keyColumns.map((_, at) => `part${at}`).join(', ')})
        WHERE NOT EXISTS (SELECT FROM public.${quote(table.name)} t
          WHERE ${table.keyColumns.map((column, at) => `t.${quote(column)} = k.part${at}::${table.keyTypes[at]}`).join(' AND ')})`,
      values: [keys, ...table.keyColumns.map((_, at) => parts.map((values) => values[at]))],
    });
    const gone = rows.map(([key]) => removedRow(table.name, key));
    await job.writer.write(gone, { lsn: '0/0', isServable: false });
    after = last;
  }
}
