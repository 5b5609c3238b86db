import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import { putSubjects } from '@eventkit/shared/operations/put-subjects.ts';
import type { LedgerRow } from '@eventkit/shared/operations/subject-state.ts';
import type { WorkingSet } from '@eventkit/shared/operations/working-set.ts';
import { columnsOf } from '@eventkit/shared/schema/device-ddl.ts';
import { type ConflictRow, conflictOfRow } from '@eventkit/shared/schema/ledger-rows.ts';
import {
  type Subject,
  type SubjectTableName,
  subjectColumnOf,
  subjectKey,
  subjectLedgerNames,
  subjectLedgers,
  subjectTablesOf,
} from '@eventkit/shared/schema/subject-ledgers.ts';
import type { ReplicaConnection } from '#platform/replica/replica.ts';

type Connection = Pick<ReplicaConnection, 'getAll'>;

/** Puts these subjects into the working set, with everything that is known of them. */
export async function loadSubjects(
  connection: Connection,
  subjects: readonly Subject[],
  workingSet: WorkingSet,
): Promise<void> {
  if (subjects.length === 0) return;
  const conflicts = await connection.getAll<ConflictRow>(SELECT_CONFLICTS, [
    JSON.stringify(subjects.map(subjectKey)),
  ]);
  const tables = new Map<SubjectTableName, Map<string, LedgerRow[]>>();
  for (const [ledger, ofLedger] of Map.groupBy(subjects, ({ ledger }) => ledger)) {
    const ids = JSON.stringify(ofLedger.map(({ id }) => id));
    for (const [table, column] of subjectTablesOf(ledger)) {
      const rows = await connection.getAll<LedgerRow>(selectRows(table, column), [ids]);
      tables.set(
        table,
        Map.groupBy(rows, (row) => subjectKey({ ledger, id: String(row[column]) })),
      );
    }
  }
  putSubjects(workingSet, subjects, { tables, conflicts: conflicts.map(conflictOfRow) });
}

/** Names in the working set the subjects that these operations spoke of. */
export async function loadUndoneSubjects(
  connection: Connection,
  operationIds: readonly OperationId[],
  { subjectsByOperationId }: WorkingSet,
): Promise<void> {
  if (operationIds.length === 0) return;
  const found = await connection.getAll<Subject & { operation_id: OperationId }>(SELECT_UNDONE, [
    JSON.stringify(operationIds),
  ]);
  for (const { operation_id, ledger, id } of found) {
    const before = subjectsByOperationId.get(operation_id) ?? [];
    subjectsByOperationId.set(operation_id, [...before, { ledger, id }]);
  }
}

const SELECT_CONFLICTS = 'SELECT * FROM conflicts_now WHERE subject IN (SELECT value FROM json_each(?))';

const SELECT_UNDONE = `WITH undone (id) AS (SELECT value FROM json_each(?)) ${subjectLedgerNames
  .map((ledger) => {
    const { facts } = subjectLedgers[ledger];
    return `SELECT DISTINCT operation_id, '${ledger}' AS ledger, ${subjectColumnOf(ledger, facts)} AS id FROM ${facts}_now
      WHERE operation_id IN (SELECT id FROM undone)`;
  })
  .join(' UNION ALL ')}`;

function selectRows(table: SubjectTableName, column: string): string {
  return `SELECT ${columnsOf(table).join(', ')} FROM ${table}_now
    WHERE ${column} IN (SELECT value FROM json_each(?))`;
}
