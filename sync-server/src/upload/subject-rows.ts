import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { together } from '@eventkit/database/together.ts';
import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import { putSubjects } from '@eventkit/shared/operations/put-subjects.ts';
import type { LedgerRow, SubjectRow } from '@eventkit/shared/operations/subject-state.ts';
import type { WorkingSet } from '@eventkit/shared/operations/working-set.ts';
import { type ConflictRow, conflictOfRow } from '@eventkit/shared/schema/ledger-rows.ts';
import {
  keepsDeleted,
  type Subject,
  type SubjectLedgerName,
  type SubjectTableName,
  subjectColumnOf,
  subjectKey,
  subjectLedgerNames,
  subjectLedgers,
  subjectTablesOf,
} from '@eventkit/shared/schema/subject-ledgers.ts';
import { causesOf, NAME_CAUSES } from './audited-causes.ts';
import { columnNames, selectedColumns } from './ledger-columns.ts';
import type { Change } from './plan-waves.ts';

/** Which subjects these operations spoke of; what is found never changes, so it needs no lock. */
export async function loadUndoneSubjects(
  tx: TenantTransaction,
  tenantId: string,
  operationIds: readonly OperationId[],
  { subjectsByOperationId }: WorkingSet,
): Promise<void> {
  if (operationIds.length === 0) return;
  const found = await together(
    subjectLedgerNames.map((ledger) =>
      tx.query<{ operation_id: OperationId; ids: string[] }>({
        name: `select-undone-${ledger}`,
        text: selectUndone(ledger),
        values: [tenantId, operationIds],
      }),
    ),
  );
  for (const [index, { rows }] of found.entries()) {
    const ledger = subjectLedgerNames[index];
    for (const { operation_id, ids } of rows) {
      const before = subjectsByOperationId.get(operation_id) ?? [];
      const named = ledger === undefined ? [] : ids.map((id): Subject => ({ ledger, id }));
      subjectsByOperationId.set(operation_id, [...before, ...named]);
    }
  }
}

/**
 * Locks these subjects, whether there is a row of them or not, then loads all of their rows. Locks are taken in one
 * order by everybody and before those of assets, so that two batches wait for one another instead of blocking each other.
 * Labels are locked all together, and before anything else (`lockLabels`).
 */
export async function loadSubjects(
  tx: TenantTransaction,
  tenantId: string,
  subjects: readonly Subject[],
  workingSet: WorkingSet,
): Promise<void> {
  if (subjects.length === 0) return;
  const keys = subjects.map(subjectKey);
  const lockedKeys = subjects.filter(({ ledger }) => ledger !== 'labels').map(subjectKey);
  const idsByLedger = Map.groupBy(subjects, ({ ledger }) => ledger);
  const [, conflicts, ...ofLedgers] = await together([
    // First: what the others find was committed before the subjects were locked.
    tx.query({ name: 'lock-subjects', text: LOCK_SUBJECTS, values: [tenantId, lockedKeys] }),
    tx.query<ConflictRow>({
      name: 'select-subject-conflicts',
      text: SELECT_CONFLICTS,
      values: [tenantId, keys],
    }),
    ...[...idsByLedger].flatMap(([ledger, ofLedger]) =>
      subjectTablesOf(ledger).map(([table]) =>
        loadTable(
          tx,
          tenantId,
          ledger,
          table,
          ofLedger.map(({ id }) => id),
        ),
      ),
    ),
  ]);
  const tables = new Map(ofLedgers.map(({ table, rowsByKey }) => [table, rowsByKey]));
  putSubjects(workingSet, subjects, { tables, conflicts: conflicts.rows.map(conflictOfRow) });
}

/** Writes rows of subjects, each at most once. */
export function writeSubjectRows(
  tx: TenantTransaction,
  tenantId: string,
  changes: readonly Change<SubjectRow>[],
): Promise<unknown>[] {
  return [...Map.groupBy(changes, ({ row }) => row.table)].flatMap(([table, ofTable]) => {
    const causes = causesOf(ofTable.map(({ row, cause }) => ({ row: row.row, cause })));
    const put = ofTable.flatMap(({ row }) => (row.isDeleted ? [] : [row.row]));
    const gone = ofTable.flatMap(({ row }) => (row.isDeleted ? [row.row.id] : []));
    const ledger = ofTable[0]?.row.subject.ledger;
    if (ledger === undefined) return [];
    const sent: Promise<unknown>[] = [];
    if (put.length > 0) {
      const values = [tenantId, JSON.stringify(put), causes];
      sent.push(tx.query({ name: `upsert-${table}`, text: upsert(ledger, table), values }));
    }
    if (gone.length > 0) {
      const values = [tenantId, gone, causes];
      sent.push(tx.query({ name: `delete-${table}`, text: deleteFrom(ledger, table), values }));
    }
    return sent;
  });
}

async function loadTable(
  tx: TenantTransaction,
  tenantId: string,
  ledger: SubjectLedgerName,
  table: SubjectTableName,
  ids: readonly string[],
) {
  const { rows } = await tx.query<LedgerRow & { subject_of_row: string }>({
    name: `select-subjects-${table}`,
    text: selectRows(ledger, table),
    values: [tenantId, ids],
  });
  const rowsByKey = new Map<string, LedgerRow[]>();
  for (const { subject_of_row: id, ...row } of rows) {
    const key = subjectKey({ ledger, id });
    const known = rowsByKey.get(key);
    if (known === undefined) rowsByKey.set(key, [row as LedgerRow]);
    else known.push(row as LedgerRow);
  }
  return { table, rowsByKey };
}

/**
 * Of 256 locks for each company, which its subjects share: PostgreSQL has room for some thousand locks, and one batch may
 * speak of a thousand subjects. Two that share a lock merely wait for one another.
 */
const LOCK_SUBJECTS = `
  SELECT pg_advisory_xact_lock(hashtext($1::text), lock) FROM (
    SELECT DISTINCT hashtext(key) & 255 AS lock FROM unnest($2::text[]) AS wanted (key)
    ORDER BY lock OFFSET 0
  ) AS in_order`;

const SELECT_CONFLICTS = `
  SELECT ${selectedColumns('conflicts', 'c')} FROM unnest($2::text[]) AS wanted (key)
  CROSS JOIN LATERAL (
    SELECT * FROM conflicts WHERE tenant_id = $1 AND subject = wanted.key OFFSET 0
  ) AS c`;

function selectUndone(ledger: SubjectLedgerName): string {
  const { facts } = subjectLedgers[ledger];
  return `
    SELECT wanted.id AS operation_id, stated.ids FROM unnest($2::uuid[]) AS wanted (id)
    CROSS JOIN LATERAL (
      SELECT array_agg(DISTINCT ${subjectColumnOf(ledger, facts)}::text) AS ids FROM ${facts}
      WHERE tenant_id = $1 AND operation_id = wanted.id
    ) AS stated
    WHERE stated.ids IS NOT NULL`;
}

function selectRows(ledger: SubjectLedgerName, table: SubjectTableName): string {
  return `
    SELECT wanted.id::text AS subject_of_row, ${selectedColumns(table, 't')}
    FROM unnest($2::${subjectLedgers[ledger].idType}[]) AS wanted (id)
    CROSS JOIN LATERAL (
      SELECT * FROM ${table} WHERE tenant_id = $1 AND ${subjectColumnOf(ledger, table)} = wanted.id${
        keepsDeleted(ledger, table) ? ' AND deleted_at IS NULL' : ''
      } OFFSET 0
    ) AS t`;
}

function upsert(ledger: SubjectLedgerName, table: SubjectTableName): string {
  const columns = columnNames(table);
  const changes = columns.map((name) => `${name} = excluded.${name}`);
  // A row that was deleted is there again.
  if (keepsDeleted(ledger, table)) changes.push('deleted_at = NULL');
  return `
    INSERT INTO ${table} (tenant_id, id, ${columns.join(', ')})
    SELECT $1, id, ${columns.join(', ')}
    FROM ${NAME_CAUSES}, json_populate_recordset(NULL::${table}, $2::json)
    ON CONFLICT (tenant_id, id) DO UPDATE SET ${changes.join(', ')}`;
}

function deleteFrom(ledger: SubjectLedgerName, table: SubjectTableName): string {
  return keepsDeleted(ledger, table)
    ? `UPDATE ${table} SET deleted_at = now() FROM ${NAME_CAUSES} WHERE tenant_id = $1 AND id = ANY($2::uuid[])`
    : `DELETE FROM ${table} USING ${NAME_CAUSES} WHERE tenant_id = $1 AND id::text = ANY($2::text[])`;
}
