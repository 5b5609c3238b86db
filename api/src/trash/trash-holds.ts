import type { TrashKind } from './trash-kinds.ts';

export type TrashHoldReason =
  | 'out_on_event'
  | 'on_vehicle'
  | 'in_case'
  | 'holds_pieces'
  | 'loose_stock'
  | 'on_pull_list'
  | 'truck_confirmed'
  | 'open_conflict';

/** What keeps a record from being deleted. A module that must keep records adds its own here. */
export type TrashHold = {
  readonly reason: TrashHoldReason;
  readonly kind: TrashKind;
  /** Counts what holds any of the records $1, all of the kind; what goes with them holds nothing. */
  readonly sql: string;
};

/** The one list of holds: what is out, on its way, counted or in dispute cannot be gone. */
export const trashHolds: readonly TrashHold[] = [
  ...(['event', 'vehicle', 'case'] as const).map(
    (place): TrashHold => ({
      reason: ({ event: 'out_on_event', vehicle: 'on_vehicle', case: 'in_case' } as const)[place],
      kind: 'asset',
      sql: `SELECT count(*)::int AS count FROM assets
      WHERE id = ANY ($1) AND place_kind = '${place}' AND place_id <> ALL ($1)`,
    }),
  ),
  {
    reason: 'holds_pieces',
    kind: 'asset',
    sql: `SELECT count(*)::int AS count FROM assets
      WHERE place_kind = 'case' AND place_id = ANY ($1) AND deleted_at IS NULL AND id <> ALL ($1)`,
  },
  {
    reason: 'open_conflict',
    kind: 'asset',
    sql: `SELECT count(*)::int AS count FROM conflicts
      WHERE status = 'open' AND (asset_id = ANY ($1) OR other_asset_id = ANY ($1))`,
  },
  {
    reason: 'loose_stock',
    kind: 'product',
    sql: `SELECT count(*)::int AS count FROM bulk_stock WHERE product_id = ANY ($1) AND quantity <> 0`,
  },
  {
    reason: 'on_pull_list',
    kind: 'product',
    sql: `SELECT count(DISTINCT l.event_id)::int AS count FROM pull_list_lines l JOIN events e ON e.id = l.event_id
      WHERE l.product_id = ANY ($1) AND l.deleted_at IS NULL AND e.deleted_at IS NULL
        AND e.status NOT IN ('closed', 'cancelled')`,
  },
  {
    reason: 'out_on_event',
    kind: 'event',
    sql: `SELECT count(*)::int AS count FROM assets
      WHERE deleted_at IS NULL AND ((place_kind = 'event' AND place_id = ANY ($1)) OR for_event_id = ANY ($1))`,
  },
  {
    reason: 'loose_stock',
    kind: 'event',
    sql: `SELECT count(*)::int AS count FROM bulk_stock WHERE place_kind = 'event' AND place_id = ANY ($1) AND quantity <> 0`,
  },
  {
    reason: 'truck_confirmed',
    kind: 'event',
    sql: `SELECT count(*)::int AS count FROM truck_packs
      WHERE event_id = ANY ($1) AND confirmed_at IS NOT NULL AND ended_at IS NULL`,
  },
  {
    reason: 'holds_pieces',
    kind: 'storage_location',
    sql: `SELECT count(*)::int AS count FROM assets
      WHERE place_kind = 'location' AND place_id = ANY ($1) AND deleted_at IS NULL`,
  },
  {
    reason: 'loose_stock',
    kind: 'storage_location',
    sql: `SELECT count(*)::int AS count FROM bulk_stock
      WHERE place_kind = 'location' AND place_id = ANY ($1) AND quantity <> 0`,
  },
];
