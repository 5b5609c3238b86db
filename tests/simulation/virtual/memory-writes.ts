import type { Asset } from '@eventkit/shared/ledger/asset.ts';
import type { Conflict } from '@eventkit/shared/ledger/conflict.ts';
import type { Movement } from '@eventkit/shared/ledger/movement.ts';
import { applyEffects } from '@eventkit/shared/operations/apply-effects.ts';
import type { SubjectRow } from '@eventkit/shared/operations/subject-state.ts';
import { noEffects } from '@eventkit/shared/operations/working-set.ts';
import { rowOfAsset, rowOfConflict, rowOfMovement } from '@eventkit/shared/schema/ledger-rows.ts';
import { subjectKey } from '@eventkit/shared/schema/subject-ledgers.ts';
import type { DecidedOperation } from '@eventkit/sync-server/upload/decided-operation.ts';
import {
  type Cause,
  planWaves,
  type Wave,
  type Change as WaveChange,
} from '@eventkit/sync-server/upload/plan-waves.ts';
import { databaseError } from './memory-batch-store.ts';
import {
  type AuditEntry,
  type JudgedOperation,
  numberKey,
  publish,
  type TenantChange,
  type TenantTables,
} from './memory-database.ts';
import { putMovement, retargetMovement } from './memory-movements.ts';

/** What a transaction will have done when it commits. */
export type PendingWrites = { readonly steps: (() => void)[]; readonly changes: TenantChange[] };

/** For whom, and when by true time. */
export type WriteReceipt = Pick<JudgedOperation, 'sentBy' | 'mayScan' | 'storedAtMs'>;

/** The same statements as `write-decisions.ts` sends: operations, facts, then what the facts amount to, wave by wave. */
export function planWrites(
  tenant: TenantTables,
  receipt: WriteReceipt,
  decided: readonly DecidedOperation[],
): readonly PendingWrites[] {
  const deviceIdsByOperationId = new Map(decided.map(({ operation: { id, deviceId } }) => [id, deviceId]));
  const waves = planWaves(
    decided.map(({ operation, decision }) => ({
      cause: { operationId: operation.id, recordedBy: operation.recordedBy },
      effects: decision.effects,
    })),
  );
  const note = (table: AuditEntry['table'], rowId: string, { operationId, recordedBy }: Cause) => ({
    table,
    rowId,
    operationId,
    userId: recordedBy,
    deviceId: deviceIdsByOperationId.get(operationId) ?? '',
  });
  return [
    ...decided.map((one) => insertOperation(tenant, receipt, one)),
    ...decided.flatMap(({ operation, decision }) =>
      decision.effects.movements.map((movement) =>
        insertMovement(
          tenant,
          movement,
          note('movements', movement.id, {
            operationId: operation.id,
            recordedBy: operation.recordedBy,
          }),
        ),
      ),
    ),
    ...waves.map((wave) => writeWave(tenant, wave, note)),
  ];
}

/** The commit: all of it at once. */
export function writePending(tenant: TenantTables, { steps, changes }: PendingWrites): void {
  for (const step of steps) step();
  if (changes.length > 0) publish(tenant, changes);
}

function insertOperation(tenant: TenantTables, receipt: WriteReceipt, one: DecidedOperation): PendingWrites {
  const { operation, envelope, decision, effectiveAt, receivedAt } = one;
  const { id, deviceId, epoch, sequence, intent, recordedAt, recordedBy } = operation;
  const key = numberKey(operation);
  if (tenant.operationsById.has(id) || tenant.operationIdByNumber.has(key)) {
    throw databaseError('23505', `operation ${id} is there already`, 'operations');
  }
  const { verdict, reason } = decision;
  const judged: JudgedOperation = {
    operation,
    envelope,
    verdict,
    reason,
    effectiveAt,
    receivedAt,
    ...receipt,
  };
  const row = {
    id,
    device_id: deviceId,
    epoch,
    sequence,
    kind: intent.kind,
    verdict,
    reason,
    recorded_at: recordedAt,
    recorded_by: recordedBy,
    received_at: receivedAt,
  };
  const insert = () => {
    tenant.operationsById.set(id, judged);
    tenant.operationIdByNumber.set(key, id);
  };
  return { steps: [insert], changes: [{ table: 'operations', id, row, onlyFor: deviceId }] };
}

type Note = Omit<AuditEntry, 'before' | 'after'>;

function insertMovement(tenant: TenantTables, movement: Movement, note: Note): PendingWrites {
  const row = rowOfMovement(movement);
  const { movementsByAssetId, waitingMovements } = tenant.ledger;
  const insert = () => {
    const isThere =
      movement.assetId === null
        ? waitingMovements.has(movement.id)
        : movementsByAssetId.get(movement.assetId)?.some(({ id }) => id === movement.id);
    if (isThere) throw new Error(`movement ${movement.id} is there twice`);
    putMovement(tenant, movement);
    tenant.audit.push({ ...note, before: null, after: JSON.stringify(row) });
  };
  return { steps: [insert], changes: [{ table: 'movements', id: movement.id, row, onlyFor: null }] };
}

function writeWave(
  tenant: TenantTables,
  { assets, retargeted, conflicts, vanishedConflicts, subjectRows }: Wave,
  noteOf: (table: AuditEntry['table'], rowId: string, cause: Cause) => Note,
): PendingWrites {
  const pending: PendingWrites = { steps: [], changes: [] };
  const changedIds = [
    ...[...assets, ...retargeted, ...conflicts, ...vanishedConflicts].map(({ row }) => row.id as string),
    ...subjectRows.map(({ row: { table, row } }) => `${table} ${row.id}`),
  ];
  // PostgreSQL would take one of the two, whichever it likes.
  if (new Set(changedIds).size < changedIds.length) throw new Error('one statement changes a row twice');
  for (const change of assets) writeAsset(tenant, change, pending, noteOf);
  for (const change of retargeted) retargetMovement(tenant, change, pending, noteOf);
  for (const change of subjectRows) writeSubjectRow(tenant, change, pending, noteOf);
  for (const change of conflicts) writeConflict(tenant, change, change.row, pending, noteOf);
  for (const change of vanishedConflicts) writeConflict(tenant, change, null, pending, noteOf);
  return pending;
}

export type NoteOf = (table: AuditEntry['table'], rowId: string, cause: Cause) => Note;

function writeAsset(
  tenant: TenantTables,
  change: WaveChange<Asset>,
  pending: PendingWrites,
  noteOf: NoteOf,
): void {
  const { row: asset, cause } = change;
  const { assetsById } = tenant.ledger;
  const row = rowOfAsset(asset);
  const note = noteOf('assets', asset.id, cause);
  pending.changes.push({ table: 'assets', id: asset.id, row, onlyFor: null });
  pending.steps.push(() => {
    const before = assetsById.get(asset.id);
    if (before === undefined) throw new Error(`asset ${asset.id} is not there`);
    assetsById.set(asset.id, asset);
    tenant.audit.push({ ...note, before: JSON.stringify(rowOfAsset(before)), after: JSON.stringify(row) });
  });
}

/** `after` is null where the conflict vanishes. */
function writeConflict(
  tenant: TenantTables,
  { row: conflict, cause }: WaveChange<Conflict>,
  after: Conflict | null,
  pending: PendingWrites,
  noteOf: NoteOf,
): void {
  const row = after === null ? null : rowOfConflict(after);
  const note = noteOf('conflicts', conflict.id, cause);
  pending.changes.push({ table: 'conflicts', id: conflict.id, row, onlyFor: null });
  pending.steps.push(() => {
    const before = tenant.conflictsById.get(conflict.id);
    // Of another asset too, where it moves with the label that was read.
    const vanishedConflicts = before === undefined ? [] : [before];
    const conflicts = after === null ? [] : [after];
    applyEffects(tenant.ledger, { ...noEffects, vanishedConflicts, conflicts });
    if (after === null) tenant.conflictsById.delete(conflict.id);
    else tenant.conflictsById.set(conflict.id, after);
    tenant.audit.push({
      ...note,
      before: before === undefined ? null : JSON.stringify(rowOfConflict(before)),
      after: row === null ? null : JSON.stringify(row),
    });
  });
}

function writeSubjectRow(
  tenant: TenantTables,
  { row: change, cause }: WaveChange<SubjectRow>,
  pending: PendingWrites,
  noteOf: NoteOf,
): void {
  const { subject, table, row, isDeleted } = change;
  const note = noteOf(table, row.id, cause);
  pending.changes.push({ table, id: row.id, row: isDeleted ? null : row, onlyFor: null });
  pending.steps.push(() => {
    const before = tenant.ledger.subjectsByKey.get(subjectKey(subject))?.rowsByTable.get(table)?.get(row.id);
    applyEffects(tenant.ledger, { ...noEffects, subjectRows: [change] });
    tenant.audit.push({
      ...note,
      before: before === undefined ? null : JSON.stringify(before),
      after: isDeleted ? null : JSON.stringify(row),
    });
  });
}
