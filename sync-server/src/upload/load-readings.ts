import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { AssetId, OperationId } from '@eventkit/shared/kernel/ids.ts';
import type { Movement } from '@eventkit/shared/ledger/movement.ts';
import type { WorkingSet } from '@eventkit/shared/operations/working-set.ts';
import { type MovementRow, movementOfRow } from '@eventkit/shared/schema/ledger-rows.ts';
import { selectedColumns } from './ledger-columns.ts';

/**
 * Locks the history of all labels: shared by batches that read codes, alone for one that changes what a label is on.
 * So neither misses the other, at the price of one lock for a batch and not one for each code. Taken before any other
 * lock but that of the device.
 */
export async function lockLabels(
  tx: TenantTransaction,
  tenantId: string,
  { isAlone }: { readonly isAlone: boolean },
): Promise<void> {
  const [name, text] = isAlone ? ['lock-labels', LOCK_LABELS] : ['share-labels', SHARE_LABELS];
  await tx.query({ name, text, values: [tenantId] });
}

/** The codes among these whose labels were ever assigned or taken off. */
export async function findCodesWithFacts(
  tx: TenantTransaction,
  tenantId: string,
  codes: readonly string[],
): Promise<readonly string[]> {
  if (codes.length === 0) return [];
  const { rows } = await tx.query<{ code: string }>({
    name: 'find-codes-with-facts',
    text: FIND_CODES_WITH_FACTS,
    values: [tenantId, codes],
  });
  return rows.map(({ code }) => code);
}

/** Every movement of each of these operations and of those that read one of the codes, and of the undos of all these. */
export async function loadReadBefore(
  tx: TenantTransaction,
  tenantId: string,
  {
    codes,
    operationIds,
  }: { readonly codes: readonly string[]; readonly operationIds: readonly OperationId[] },
  { waitingMovements }: WorkingSet,
): Promise<readonly Movement[]> {
  if (codes.length + operationIds.length === 0) return [];
  const { rows } = await tx.query<MovementRow>({
    name: 'select-read-before',
    text: SELECT_READ_BEFORE,
    values: [tenantId, codes, operationIds],
  });
  const movements = rows.map(movementOfRow);
  for (const movement of movements) {
    if (movement.assetId === null) waitingMovements.set(movement.id, movement);
  }
  return movements;
}

/** The assets whose own codes these are. */
export async function loadOwnCodes(
  tx: TenantTransaction,
  tenantId: string,
  codes: readonly string[],
  { assetIdsByCode }: WorkingSet,
): Promise<void> {
  if (codes.length === 0) return;
  const { rows } = await tx.query<{ code: string; id: AssetId }>({
    name: 'select-own-codes',
    text: SELECT_OWN_CODES,
    values: [tenantId, codes],
  });
  for (const { code, id } of rows) assetIdsByCode.set(code, id);
}

const LOCK_LABELS = `SELECT pg_advisory_xact_lock(hashtextextended($1::text || ' labels', 0))`;
const SHARE_LABELS = `SELECT pg_advisory_xact_lock_shared(hashtextextended($1::text || ' labels', 0))`;

const FIND_CODES_WITH_FACTS = `
  SELECT wanted.code FROM unnest($2::text[]) AS wanted (code)
  CROSS JOIN LATERAL (SELECT FROM label_facts WHERE tenant_id = $1 AND value = wanted.code LIMIT 1) AS known`;

const SELECT_READ_BEFORE = `
  WITH touched (id) AS (
    SELECT m.operation_id FROM unnest($2::text[]) AS wanted (code)
    CROSS JOIN LATERAL (
      SELECT operation_id FROM movements WHERE tenant_id = $1 AND code = wanted.code OFFSET 0
    ) AS m
    UNION SELECT id FROM unnest($3::uuid[]) AS undone (id)
  )
  SELECT ${selectedColumns('movements', 'm')} FROM touched CROSS JOIN LATERAL (
    SELECT * FROM movements WHERE tenant_id = $1 AND operation_id = touched.id OFFSET 0
  ) AS m
  UNION
  SELECT ${selectedColumns('movements', 'm')} FROM touched CROSS JOIN LATERAL (
    SELECT * FROM movements WHERE tenant_id = $1 AND undoes_operation_id = touched.id OFFSET 0
  ) AS m`;

const SELECT_OWN_CODES = `
  SELECT wanted.code, own.id FROM unnest($2::text[]) AS wanted (code)
  CROSS JOIN LATERAL (
    SELECT id FROM assets WHERE tenant_id = $1 AND code = wanted.code LIMIT 1
  ) AS own`;
