import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { together } from '@eventkit/database/together.ts';
import type { AssetId, OperationId } from '@eventkit/shared/kernel/ids.ts';
import { LEDGER_RULES } from '@eventkit/shared/ledger/kept-standing.ts';
import type { Movement } from '@eventkit/shared/ledger/movement.ts';
import type { WorkingSet } from '@eventkit/shared/operations/working-set.ts';
import { type MovementRow, movementOfRow } from '@eventkit/shared/schema/ledger-rows.ts';
import { loadParts, PART_OF_ASSET, type Span } from './asset-standings.ts';
import { selectedColumns } from './ledger-columns.ts';

/** Which assets these operations moved. */
export async function loadUndone(
  tx: TenantTransaction,
  tenantId: string,
  operationIds: readonly OperationId[],
  { assetIdsByOperationId }: WorkingSet,
): Promise<void> {
  if (operationIds.length === 0) return;
  const { rows } = await tx.query<{ operation_id: OperationId; asset_ids: AssetId[] }>({
    name: 'select-moved-by',
    text: SELECT_MOVED_BY,
    values: [tenantId, operationIds],
  });
  for (const row of rows) assetIdsByOperationId.set(row.operation_id, row.asset_ids);
}

/**
 * Loads the movements of these assets; where standings are kept of one, only the part around the span, with the undos of
 * what is in it and of the operations that are to be decided. Everything where the span is null. The assets must be
 * locked.
 */
export async function loadMovements(
  tx: TenantTransaction,
  tenantId: string,
  { assetIds, operationIds, span }: MovementsToLoad,
  workingSet: WorkingSet,
): Promise<void> {
  if (assetIds.length === 0) return;
  const { partsByAssetId, movementsByAssetId } = workingSet;
  const [, { rows }] = await together([
    span === null ? Promise.resolve() : loadParts(tx, tenantId, assetIds, span, workingSet),
    selectMovements(tx, tenantId, assetIds, span),
  ]);
  for (const movement of rows.map(movementOfRow)) append(movementsByAssetId, movement);
  if (partsByAssetId.size === 0) return;
  const inParts = [...partsByAssetId.keys()].flatMap((id) => movementsByAssetId.get(id) ?? []);
  const known = new Set(inParts.map(({ id }) => id));
  const undone = [...new Set([...inParts.map((movement) => movement.operationId), ...operationIds])];
  const undos = await tx.query<MovementRow>({
    name: 'select-undos-of-parts',
    text: SELECT_UNDOS,
    values: [tenantId, undone, [...partsByAssetId.keys()]],
  });
  for (const undo of undos.rows.map(movementOfRow)) if (!known.has(undo.id)) append(movementsByAssetId, undo);
}

export type MovementsToLoad = {
  readonly assetIds: readonly AssetId[];
  readonly operationIds: readonly OperationId[];
  readonly span: Span | null;
};

function selectMovements(
  tx: TenantTransaction,
  tenantId: string,
  assetIds: readonly AssetId[],
  span: Span | null,
) {
  if (span === null) {
    const values = [tenantId, assetIds];
    return tx.query<MovementRow>({ name: 'select-movements', text: SELECT_MOVEMENTS, values });
  }
  const values = [tenantId, assetIds, span.earliest, span.latest, LEDGER_RULES];
  return tx.query<MovementRow>({ name: 'select-parts', text: SELECT_PARTS, values });
}

function append(movementsByAssetId: WorkingSet['movementsByAssetId'], movement: Movement): void {
  const { assetId } = movement;
  if (assetId === null) return;
  const movements = movementsByAssetId.get(assetId);
  // Only ever arrays that were made here.
  if (movements === undefined) movementsByAssetId.set(assetId, [movement]);
  else (movements as Movement[]).push(movement);
}

const SELECT_MOVED_BY = `
  SELECT wanted.id AS operation_id, moved.asset_ids FROM unnest($2::uuid[]) AS wanted (id)
  CROSS JOIN LATERAL (
    SELECT array_agg(asset_id) AS asset_ids FROM movements
    WHERE tenant_id = $1 AND operation_id = wanted.id AND asset_id IS NOT NULL
  ) AS moved
  WHERE moved.asset_ids IS NOT NULL`;

const SELECT_MOVEMENTS = `
  SELECT ${selectedColumns('movements', 'm')} FROM unnest($2::uuid[]) AS wanted (id)
  CROSS JOIN LATERAL (
    SELECT * FROM movements WHERE tenant_id = $1 AND asset_id = wanted.id OFFSET 0
  ) AS m`;

const SELECT_PARTS = `
  SELECT ${selectedColumns('movements', 'm')} FROM unnest($2::uuid[]) AS wanted (id)
  CROSS JOIN LATERAL (${PART_OF_ASSET}) AS part
  CROSS JOIN LATERAL (
    SELECT * FROM movements WHERE tenant_id = $1 AND asset_id = wanted.id
      AND effective_at > coalesce(part.from_instant, '-infinity')
      AND effective_at <= coalesce(part.until_instant, 'infinity') OFFSET 0
  ) AS m`;

const SELECT_UNDOS = `
  SELECT ${selectedColumns('movements', 'm')} FROM unnest($2::uuid[]) AS undone (id)
  CROSS JOIN LATERAL (
    SELECT * FROM movements WHERE tenant_id = $1 AND undoes_operation_id = undone.id OFFSET 0
  ) AS m
  WHERE m.asset_id = ANY($3)`;
