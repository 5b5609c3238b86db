import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { Disposition } from '@eventkit/shared/operations/operation.ts';

export type StockHistoryRow = {
  readonly id: string;
  readonly kind: 'opening' | 'move_bulk' | 'count_bulk';
  /** More or fewer for a move, the number itself for a count. */
  readonly quantity: number;
  readonly effectiveAt: Instant;
  readonly receivedAt: Instant | null;
  readonly otherName: string | null;
  readonly disposition: Disposition | null;
  readonly note: string | null;
  readonly who: string | null;
  readonly device: string | null;
  readonly isTakenBack: number;
};

/** One parameter: the stock. */
export const STOCK_HISTORY = `
SELECT m.id, m.kind, m.quantity, m.effective_at AS effectiveAt, m.received_at AS receivedAt, m.disposition, m.note,
       coalesce((SELECT s.code FROM storage_locations s WHERE s.id = m.other_id),
                (SELECT e.name FROM events_now e WHERE e.id = m.other_id),
                (SELECT v.name FROM vehicles v WHERE v.id = m.other_id),
                (SELECT a.code FROM assets_now a WHERE a.id = m.other_id)) AS otherName,
       (SELECT u.name FROM users u WHERE u.id = m.recorded_by) AS who,
       (SELECT d.name FROM devices d WHERE d.id = m.device_id) AS device,
       EXISTS (SELECT 1 FROM bulk_movements_now u
                WHERE u.stock_id = m.stock_id AND u.undoes_operation_id = m.operation_id
                  AND u.device_id = m.device_id) AS isTakenBack
  FROM bulk_movements_now m WHERE m.stock_id = ? AND m.kind <> 'undo'
 ORDER BY m.effective_at DESC, m.device_id DESC, m.sequence DESC, m.id DESC LIMIT 100`;
