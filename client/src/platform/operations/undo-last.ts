import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { err, type Result } from '@eventkit/shared/kernel/result.ts';
import { subjectLedgerNames, subjectLedgers } from '@eventkit/shared/schema/subject-ledgers.ts';
import { type RecordCapabilities, recordOperation } from './record-operation.ts';
import type { RecordedOperation, UndoError } from './recorded-operation.ts';

/**
 * Takes back the last thing this person did on this device that still stands, and the one before when called
 * again; not further back than `since`. An entry of its own, never an erasure.
 */
export async function undoLast(
  capabilities: RecordCapabilities,
  since: Instant,
): Promise<Result<RecordedOperation, UndoError>> {
  const { replica, identity } = capabilities;
  const last = await replica.getOptional<{ id: OperationId }>(
    `SELECT id FROM (${newest('outbox', 'operation_id')} UNION ALL ${newest('operations', 'id')})
      ORDER BY sequence DESC LIMIT 1`,
    [identity.userId, since, identity.userId, since],
  );
  if (last === null) return err({ tag: 'nothing_to_undo' });
  return recordOperation(capabilities, { kind: 'undo', operationId: last.id });
}

/** Walks this storage's operations from the newest on, and no further than to the first that is meant. */
function newest(table: 'outbox' | 'operations', id: 'operation_id' | 'id'): string {
  const ofThisStorage = `own.epoch = (SELECT value FROM device_state WHERE key = 'epoch')`;
  return `SELECT * FROM (SELECT own.${id} AS id, own.sequence FROM ${table} AS own
    WHERE own.recorded_by = ? AND own.recorded_at >= ? AND own.kind <> 'undo'
      ${table === 'outbox' ? '' : `AND ${ofThisStorage}`}
      AND (EXISTS (SELECT 1 FROM movements_now AS moved
                    WHERE moved.operation_id = own.${id} AND NOT EXISTS
                      (SELECT 1 FROM movements_now AS undone
                        WHERE undone.asset_id IS moved.asset_id AND undone.undoes_operation_id = own.${id}))
        ${standingFacts(`own.${id}`)})
    ORDER BY own.sequence DESC LIMIT 1)`;
}

/** True for an operation whose facts in some subject ledger are not taken back. */
function standingFacts(id: string): string {
  return subjectLedgerNames
    .map((ledger) => {
      const facts = `${subjectLedgers[ledger].facts}_now`;
      return `OR (EXISTS (SELECT 1 FROM ${facts} WHERE operation_id = ${id})
              AND NOT EXISTS (SELECT 1 FROM ${facts} WHERE undoes_operation_id = ${id}))`;
    })
    .join('\n');
}
