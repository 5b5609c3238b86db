import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { PlaceKind } from '@eventkit/shared/ledger/asset-state.ts';
import type { Disposition } from '@eventkit/shared/operations/operation.ts';

/** One movement with the names that people read. */
export type MovementRow = {
  readonly id: string;
  readonly operationId: string;
  readonly kind: string;
  readonly effectiveAt: Instant;
  readonly sequence: number;
  readonly toKind: PlaceKind | null;
  readonly toId: string | null;
  readonly disposition: Disposition | null;
  readonly recordedBy: string;
  readonly recordedByName: string;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly receivedAt: Instant;
  readonly overrideReason: string | null;
  readonly note: string | null;
  readonly isByHand: boolean;
};

/** Order of the ledger: when, by which device, which of its operations, which asset of the operation. */
export type MovementPosition = readonly [effectiveAt: string, deviceId: string, sequence: number, id: string];

export type ConflictRow = {
  readonly id: string;
  readonly class: string;
  readonly assetId: string | null;
  /** The code as scanned, else the asset's own; empty where neither is known. */
  readonly code: string;
  readonly firstMovementId: string | null;
  readonly secondMovementId: string | null;
  readonly openedAt: Instant;
};

export type ConflictPosition = readonly [openedAt: string, id: string];

export async function hasAsset(tx: TenantTransaction, id: string): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'has-asset',
    text: 'SELECT FROM assets WHERE id = $1 AND deleted_at IS NULL',
    values: [id],
  });
  return rowCount === 1;
}

/** Newest first, after a position. */
export async function listMovements(
  tx: TenantTransaction,
  assetId: string,
  { after, limit }: { readonly after: MovementPosition | null; readonly limit: number },
): Promise<readonly MovementRow[]> {
  const [effectiveAt, deviceId, sequence, id] = after ?? [null, null, null, null];
  const { rows } = await tx.query<MovementRow>({
    name: 'list-movements',
    text: `${SELECT_MOVEMENTS}
      WHERE m.asset_id = $1
        AND ($2::timestamptz IS NULL OR (m.effective_at, m.device_id, m.sequence, m.id) < ($2, $3::uuid, $4::bigint, $5::text))
      ORDER BY m.effective_at DESC, m.device_id DESC, m.sequence DESC, m.id DESC LIMIT $6`,
    values: [assetId, effectiveAt, deviceId, sequence, id, limit],
  });
  return rows;
}

export async function findMovements(
  tx: TenantTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MovementRow>> {
  const { rows } = await tx.query<MovementRow>({
    name: 'find-movements',
    text: `${SELECT_MOVEMENTS} WHERE m.id = ANY($1)`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Newest first, after a position. */
export async function listOpenConflicts(
  tx: TenantTransaction,
  { after, limit }: { readonly after: ConflictPosition | null; readonly limit: number },
): Promise<readonly ConflictRow[]> {
  const [openedAt, id] = after ?? [null, null];
  const { rows } = await tx.query<ConflictRow>({
    name: 'list-open-conflicts',
    text: `SELECT c.id, c.class, c.asset_id AS "assetId", coalesce(c.code, a.code, '') AS code,
       c.first_movement_id AS "firstMovementId", c.second_movement_id AS "secondMovementId", c.opened_at AS "openedAt"
     FROM conflicts c LEFT JOIN assets a ON a.tenant_id = c.tenant_id AND a.id = c.asset_id
     WHERE c.status = 'open' AND ($1::timestamptz IS NULL OR (c.opened_at, c.id) < ($1, $2::text))
     ORDER BY c.opened_at DESC, c.id DESC LIMIT $3`,
    values: [openedAt, id, limit],
  });
  return rows;
}

const SELECT_MOVEMENTS = `SELECT m.id, m.operation_id AS "operationId", m.kind, m.effective_at AS "effectiveAt", m.sequence,
    m.to_kind AS "toKind", m.to_id AS "toId", m.disposition, m.recorded_by AS "recordedBy", u.name AS "recordedByName",
    m.device_id AS "deviceId", d.name AS "deviceName", m.received_at AS "receivedAt",
    m.override_reason AS "overrideReason", m.note,
    m.code IS NULL AND m.named_asset_id IS NOT NULL AS "isByHand"
  FROM movements m
  JOIN users u ON u.tenant_id = m.tenant_id AND u.id = m.recorded_by
  JOIN devices d ON d.tenant_id = m.tenant_id AND d.id = m.device_id`;
