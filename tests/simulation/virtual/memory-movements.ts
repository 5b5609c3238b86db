import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { Movement } from '@eventkit/shared/ledger/movement.ts';
import { rowOfMovement } from '@eventkit/shared/schema/ledger-rows.ts';
import type { Change } from '@eventkit/sync-server/upload/plan-waves.ts';
import type { TenantTables } from './memory-database.ts';
import type { NoteOf, PendingWrites } from './memory-writes.ts';

/** Puts a movement where its asset's history is, or among those that wait. */
export function putMovement({ ledger }: TenantTables, movement: Movement): void {
  const { id, assetId, operationId } = movement;
  if (assetId === null) {
    ledger.waitingMovements.set(id, movement);
    return;
  }
  ledger.movementsByAssetId.set(assetId, [...(ledger.movementsByAssetId.get(assetId) ?? []), movement]);
  const assetIds = ledger.assetIdsByOperationId.get(operationId) ?? [];
  ledger.assetIdsByOperationId.set(operationId, [...assetIds, assetId]);
}

/** Which asset a movement is about; nothing else of it ever changes. */
export function retargetMovement(
  tenant: TenantTables,
  { row: movement, cause }: Change<Movement>,
  { steps, changes }: PendingWrites,
  noteOf: NoteOf,
): void {
  const { movementsByAssetId, waitingMovements, assetIdsByOperationId } = tenant.ledger;
  const row = rowOfMovement(movement);
  steps.push(() => {
    const assetIds = assetIdsByOperationId.get(movement.operationId) ?? [];
    const from = assetIds.find((id) => movementsByAssetId.get(id)?.some((known) => known.id === movement.id));
    const before =
      waitingMovements.get(movement.id) ??
      movementsByAssetId.get(from ?? ('' as AssetId))?.find((known) => known.id === movement.id);
    if (before === undefined) throw new Error(`movement ${movement.id} is not there`);
    waitingMovements.delete(movement.id);
    if (from !== undefined) {
      const others = (movementsByAssetId.get(from) ?? []).filter(({ id }) => id !== movement.id);
      movementsByAssetId.set(from, others);
      // Once: another member may have come to this asset just before.
      assetIdsByOperationId.set(movement.operationId, assetIds.toSpliced(assetIds.indexOf(from), 1));
    }
    putMovement(tenant, movement);
    const note = noteOf('movements', movement.id, cause);
    tenant.audit.push({ ...note, before: JSON.stringify(rowOfMovement(before)), after: JSON.stringify(row) });
  });
  changes.push({ table: 'movements', id: movement.id, row, onlyFor: null });
}
