import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { rowOfAsset, rowOfConflict, rowOfMovement } from '@eventkit/shared/schema/ledger-rows.ts';
import { attachmentRows } from './attachment-rows.ts';
import { causesOf, NAME_CAUSES } from './audited-causes.ts';
import type { DecidedOperation } from './decided-operation.ts';
import { columnNames } from './ledger-columns.ts';
import { planWaves, type Wave } from './plan-waves.ts';
import { writeSubjectRows } from './subject-rows.ts';

/** On whose behalf and through whom. */
export type Writing = { readonly tenantId: string; readonly sentBy: string };

/**
 * Sends what was decided, in this order: operations with their verdicts, then facts, then what the facts amount to. The
 * number of statements grows with how often one row changes within the batch, not with the size of the batch.
 */
export function writeDecisions(
  tx: TenantTransaction,
  writing: Writing,
  decided: readonly DecidedOperation[],
): Promise<unknown>[] {
  if (decided.length === 0) return [];
  const waves = planWaves(
    decided.map(({ operation, decision }) => ({
      cause: { operationId: operation.id, recordedBy: operation.recordedBy },
      effects: decision.effects,
    })),
  );
  return [
    insertOperations(tx, writing, decided),
    ...insertMovements(tx, writing, decided),
    ...insertAttachments(tx, writing, decided),
    ...waves.flatMap((wave) => writeWave(tx, writing, wave)),
  ];
}

function insertOperations(
  tx: TenantTransaction,
  { tenantId, sentBy }: Writing,
  decided: readonly DecidedOperation[],
): Promise<unknown> {
  const rows = decided.map(({ operation, decision, envelope, effectiveAt, receivedAt }) => ({
    id: operation.id,
    device_id: operation.deviceId,
    epoch: operation.epoch,
    sequence: operation.sequence,
    kind: operation.intent.kind,
    schema_version: operation.schemaVersion,
    envelope: Buffer.from(envelope).toString('base64'),
    recorded_at: operation.recordedAt,
    recorded_by: operation.recordedBy,
    sent_by: operation.recordedBy === sentBy ? null : sentBy,
    clock_offset_ms: operation.clockOffsetMs,
    effective_at: effectiveAt,
    received_at: receivedAt,
    verdict: decision.verdict,
    reason: decision.reason,
  }));
  return run(tx, 'insert-operations', INSERT_OPERATIONS, [tenantId, JSON.stringify(rows)]);
}

function insertMovements(
  tx: TenantTransaction,
  { tenantId }: Writing,
  decided: readonly DecidedOperation[],
): Promise<unknown>[] {
  const rows = decided.flatMap(({ decision }) => decision.effects.movements.map(rowOfMovement));
  if (rows.length === 0) return [];
  return [run(tx, 'insert-movements', INSERT_MOVEMENTS, [tenantId, JSON.stringify(rows)])];
}

function insertAttachments(
  tx: TenantTransaction,
  { tenantId }: Writing,
  decided: readonly DecidedOperation[],
): Promise<unknown>[] {
  const attachments = attachmentRows(decided);
  if (attachments.length === 0) return [];
  const rows = attachments.map(({ row }) => row);
  const values = [tenantId, JSON.stringify(rows), causesOf(attachments)];
  return [run(tx, 'insert-attachments', INSERT_ATTACHMENTS, values)];
}

function writeWave(
  tx: TenantTransaction,
  { tenantId }: Writing,
  { assets, retargeted, conflicts, vanishedConflicts, subjectRows }: Wave,
): Promise<unknown>[] {
  const sent: Promise<unknown>[] = [];
  if (assets.length > 0) {
    const rows = assets.map(({ row }) => rowOfAsset(row));
    sent.push(run(tx, 'update-assets', UPDATE_ASSETS, [tenantId, JSON.stringify(rows), causesOf(assets)]));
  }
  if (retargeted.length > 0) {
    const rows = retargeted.map(({ row }) => ({ id: row.id, asset_id: row.assetId }));
    const values = [tenantId, JSON.stringify(rows), causesOf(retargeted)];
    sent.push(run(tx, 'retarget-movements', RETARGET_MOVEMENTS, values));
  }
  if (conflicts.length > 0) {
    const rows = conflicts.map(({ row }) => rowOfConflict(row));
    const values = [tenantId, JSON.stringify(rows), causesOf(conflicts)];
    sent.push(run(tx, 'upsert-conflicts', UPSERT_CONFLICTS, values));
  }
  if (vanishedConflicts.length > 0) {
    const ids = vanishedConflicts.map(({ row }) => row.id);
    sent.push(run(tx, 'delete-conflicts', DELETE_CONFLICTS, [tenantId, ids, causesOf(vanishedConflicts)]));
  }
  return [...sent, ...writeSubjectRows(tx, tenantId, subjectRows)];
}

function run(tx: TenantTransaction, name: string, text: string, values: unknown[]): Promise<unknown> {
  return tx.query({ name, text, values });
}

const INSERT_OPERATIONS = `
  INSERT INTO operations (tenant_id, id, device_id, epoch, sequence, kind, schema_version, envelope, recorded_at,
    recorded_by, sent_by, clock_offset_ms, effective_at, received_at, verdict, reason)
  SELECT $1, id, device_id, epoch, sequence, kind, schema_version, decode(envelope, 'base64'), recorded_at,
    recorded_by, sent_by, clock_offset_ms, effective_at, received_at, verdict, reason
  FROM json_to_recordset($2::json) AS r (id uuid, device_id uuid, epoch uuid, sequence bigint, kind text,
    schema_version integer, envelope text, recorded_at timestamptz, recorded_by uuid, sent_by uuid,
    clock_offset_ms bigint, effective_at timestamptz, received_at timestamptz, verdict text, reason text)`;

/** A movement names its operation and person itself. */
const INSERT_MOVEMENTS = `
  INSERT INTO movements (tenant_id, id, ${columnNames('movements').join(', ')})
  SELECT $1, id, ${columnNames('movements').join(', ')}
  FROM json_populate_recordset(NULL::movements, $2::json)`;

/** An id that is taken stays with the operation that took it first. */
const INSERT_ATTACHMENTS = `
  INSERT INTO attachments (tenant_id, id, operation_id, kind, media_type, byte_size, sha256, width, height, taken_at)
  SELECT $1, id, operation_id, kind, media_type, byte_size, sha256, width, height, taken_at
  FROM ${NAME_CAUSES}, json_populate_recordset(NULL::attachments, $2::json)
  ON CONFLICT (tenant_id, id) DO NOTHING`;

const UPDATE_ASSETS = `
  UPDATE assets a SET place_kind = r.place_kind, place_id = r.place_id, for_event_id = r.for_event_id,
    status = r.status, condition = r.condition, inspection_due_at = r.inspection_due_at, sealed_by = r.sealed_by,
    last_movement_id = r.last_movement_id, last_moved_at = r.last_moved_at
  FROM ${NAME_CAUSES}, json_to_recordset($2::json) AS r (id uuid, place_kind text, place_id uuid, for_event_id uuid,
    status text, condition text, inspection_due_at timestamptz, sealed_by text, last_movement_id text, last_moved_at timestamptz)
  WHERE a.tenant_id = $1 AND a.id = r.id`;

const RETARGET_MOVEMENTS = `
  UPDATE movements m SET asset_id = r.asset_id
  FROM ${NAME_CAUSES}, json_to_recordset($2::json) AS r (id text, asset_id uuid)
  WHERE m.tenant_id = $1 AND m.id = r.id`;

const UPSERT_CONFLICTS = `
  INSERT INTO conflicts (tenant_id, id, ${columnNames('conflicts').join(', ')})
  SELECT $1, id, ${columnNames('conflicts').join(', ')}
  FROM ${NAME_CAUSES}, json_populate_recordset(NULL::conflicts, $2::json)
  ON CONFLICT (tenant_id, id) DO UPDATE SET
    status = excluded.status, settled_by_movement_id = excluded.settled_by_movement_id,
    first_movement_id = excluded.first_movement_id, second_movement_id = excluded.second_movement_id,
    asset_id = excluded.asset_id, other_asset_id = excluded.other_asset_id, event_id = excluded.event_id,
    detail = excluded.detail, opened_at = excluded.opened_at`;

const DELETE_CONFLICTS = `
  DELETE FROM conflicts USING ${NAME_CAUSES} WHERE tenant_id = $1 AND id = ANY($2)`;
