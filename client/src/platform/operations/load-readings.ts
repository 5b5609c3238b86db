import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import type { Movement } from '@eventkit/shared/ledger/movement.ts';
import { columnsOf } from '@eventkit/shared/schema/device-ddl.ts';
import { type MovementRow, movementOfRow } from '@eventkit/shared/schema/ledger-rows.ts';
import type { ReplicaConnection } from '#platform/replica/replica.ts';

type Connection = Pick<ReplicaConnection, 'getAll'>;

/** The codes among these whose labels were ever assigned or taken off, as far as this device knows. */
export async function findCodesWithFacts(
  connection: Connection,
  codes: readonly string[],
): Promise<string[]> {
  if (codes.length === 0) return [];
  const rows = await connection.getAll<{ value: string }>(CODES_WITH_FACTS, [JSON.stringify(codes)]);
  return rows.map(({ value }) => value);
}

/** Every movement of each of these operations and of those that read one of the codes, and of the undos of all these. */
export async function loadReadBefore(
  connection: Connection,
  codes: readonly string[],
  operationIds: readonly OperationId[],
): Promise<readonly Movement[]> {
  if (codes.length + operationIds.length === 0) return [];
  const reading = await connection.getAll<{ id: OperationId }>(OPERATIONS_OF_CODES, [JSON.stringify(codes)]);
  const ids = JSON.stringify([...operationIds, ...reading.map(({ id }) => id)]);
  const rows = [
    ...(await connection.getAll<MovementRow>(movementsBy('operation_id'), [ids])),
    ...(await connection.getAll<MovementRow>(movementsBy('undoes_operation_id'), [ids])),
  ];
  return [...new Map(rows.map((row) => [row.id, movementOfRow(row)])).values()];
}

const CODES_WITH_FACTS = `SELECT DISTINCT value FROM label_facts_now
  WHERE value IN (SELECT value FROM json_each(?))`;

const OPERATIONS_OF_CODES = `SELECT DISTINCT operation_id AS id FROM movements_now
  WHERE code IN (SELECT value FROM json_each(?))`;

function movementsBy(column: 'operation_id' | 'undoes_operation_id'): string {
  return `SELECT ${columnsOf('movements').join(', ')} FROM movements_now
    WHERE ${column} IN (SELECT value FROM json_each(?))`;
}
