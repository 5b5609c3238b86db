import type { AssetId, MovementId, OperationId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { msOf } from '@eventkit/shared/kernel/instant.ts';
import type { MovementKind } from '@eventkit/shared/ledger/movement.ts';
import type { Disposition } from '@eventkit/shared/operations/operation.ts';
import { readAttachments, type ShownAttachment } from '#platform/attachments/read-attachments.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';

/** One thing that happened to an asset, in words of places and people. */
export type HistoryEntry = {
  readonly id: MovementId;
  readonly kind: MovementKind;
  readonly effectiveAt: Instant;
  /** The shelf, case or event it went to; null for an undo and for a place not on this device. */
  readonly placeName: string | null;
  readonly who: string | null;
  readonly device: string | null;
  readonly disposition: Disposition | null;
  readonly overrideReason: string | null;
  readonly note: string | null;
  /** True until the server has it. */
  readonly isPending: boolean;
  /** How much later than it happened the server heard of it; null within two minutes, which is nothing to say. */
  readonly lateMs: number | null;
  readonly isTakenBack: boolean;
  /** Pointed out on a screen where others read a label. */
  readonly isByHand: boolean;
  readonly attachments: readonly ShownAttachment[];
};

type Row = Pick<
  HistoryEntry,
  'id' | 'kind' | 'effectiveAt' | 'placeName' | 'who' | 'device' | 'disposition' | 'overrideReason' | 'note'
> & {
  readonly operationId: OperationId;
  readonly undoesOperationId: OperationId | null;
  readonly receivedAt: Instant | null;
  readonly isUnread: number;
};

/** What happened lately matters; the rest of a long life is asked of the server. */
const LONGEST_HISTORY = 200;

export const HISTORY_OF_ASSET = `SELECT m.id, m.operation_id AS operationId, m.kind, m.effective_at AS effectiveAt,
  m.received_at AS receivedAt, m.disposition, m.override_reason AS overrideReason, m.note,
  m.undoes_operation_id AS undoesOperationId, m.code IS NULL AND m.named_asset_id IS NOT NULL AS isUnread,
  CASE m.to_kind
    WHEN 'location' THEN (SELECT s.code FROM storage_locations s WHERE s.id = m.to_id)
    WHEN 'case' THEN (SELECT a.code FROM assets_now a WHERE a.id = m.to_id)
    WHEN 'event' THEN (SELECT e.name FROM events_now e WHERE e.id = m.to_id)
    WHEN 'vehicle' THEN (SELECT v.name FROM vehicles v WHERE v.id = m.to_id)
  END AS placeName,
  (SELECT u.name FROM users u WHERE u.id = m.recorded_by) AS who,
  (SELECT d.name FROM devices d WHERE d.id = m.device_id) AS device
  FROM movements_now m WHERE m.asset_id = ?
  ORDER BY m.effective_at DESC, m.device_id DESC, m.sequence DESC, m.id DESC LIMIT ${LONGEST_HISTORY}`;

const LATE_FROM_MS = 120_000;

/** The newest first, in the order in which things happened, whenever we heard of them. */
export async function readHistory(replica: ReplicaReader, id: AssetId): Promise<HistoryEntry[]> {
  const rows = await replica.getAll<Row>(HISTORY_OF_ASSET, [id]);
  const operationIds = rows.map(({ operationId }) => operationId);
  return historyOf(rows, await readAttachments(replica, operationIds));
}

export function historyOf(
  rows: readonly Row[],
  attachmentsOf: (operationId: OperationId) => readonly ShownAttachment[],
): HistoryEntry[] {
  const takenBack = new Set(rows.map(({ undoesOperationId }) => undoesOperationId));
  return rows.map(({ operationId, undoesOperationId: _, receivedAt, isUnread, ...row }) => {
    return {
      ...row,
      isPending: receivedAt === null,
      lateMs: receivedAt === null ? null : lateMsOf(row.effectiveAt, receivedAt),
      isTakenBack: takenBack.has(operationId),
      isByHand: isUnread === 1 && kindsByLabel.has(row.kind),
      attachments: attachmentsOf(operationId),
    };
  });
}

/** Acts that are done label by label: only of these it is worth saying that no label was read. */
export const kindsByLabel: ReadonlySet<MovementKind> = new Set([
  'check_out',
  'check_in',
  'move',
  'pack',
  'unpack',
  'load',
  'unload',
]);

/** How much later than it happened the server heard of it; null within two minutes. */
export function lateMsOf(effectiveAt: Instant, receivedAt: Instant): number | null {
  const lateMs = msOf(receivedAt) - msOf(effectiveAt);
  return lateMs >= LATE_FROM_MS ? lateMs : null;
}
