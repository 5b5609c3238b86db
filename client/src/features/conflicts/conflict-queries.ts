import type { AssetId, ConflictId, MovementId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { AssetStatus, PlaceKind } from '@eventkit/shared/ledger/asset-state.ts';
import type { ConflictClass } from '@eventkit/shared/ledger/conflict.ts';
import type { MovementKind } from '@eventkit/shared/ledger/movement.ts';
import type { Disposition } from '@eventkit/shared/operations/operation.ts';
import { productOfLine } from '#platform/edits/edit-queries.ts';

export type ConflictRow = {
  readonly id: ConflictId;
  readonly class: ConflictClass;
  readonly status: 'open' | 'settled';
  readonly assetId: AssetId | null;
  readonly assetCode: string | null;
  readonly productName: string | null;
  readonly otherAssetCode: string | null;
  readonly firstMovementId: MovementId | null;
  readonly secondMovementId: MovementId | null;
  readonly settledByMovementId: MovementId | null;
  readonly eventName: string | null;
  readonly code: string | null;
  /** Where it is about loose pieces: where they lie, and how many fewer than none there are now. */
  readonly stockPlaceName: string | null;
  readonly stockQuantity: number | null;
  readonly openedAt: Instant;
  /** What else its words need, as JSON; its shape is the class's own. */
  readonly detail: string | null;
  /** What the row is called whose fields it is about. */
  readonly rowName: string | null;
};

/** A change of a confirmed truck is about the truck; what came or went is in its detail. */
const SPOKEN_OF = "coalesce(c.asset_id, c.detail ->> '$.assetId')";

const CONFLICT = `
SELECT c.id, c.class, c.status, c.asset_id AS assetId,
       (SELECT a.code FROM assets_now a WHERE a.id = ${SPOKEN_OF}) AS assetCode,
       (SELECT p.name FROM products p WHERE p.id = coalesce(
         (SELECT a.product_id FROM assets_now a WHERE a.id = ${SPOKEN_OF}),
         (SELECT b.product_id FROM bulk_stock_now b WHERE b.id = substr(c.subject, 6)))) AS productName,
       (SELECT a.code FROM assets_now a WHERE a.id = c.other_asset_id) AS otherAssetCode,
       c.first_movement_id AS firstMovementId, c.second_movement_id AS secondMovementId,
       c.settled_by_movement_id AS settledByMovementId,
       (SELECT e.name FROM events_now e WHERE e.id = c.event_id) AS eventName, c.code, c.opened_at AS openedAt,
       (SELECT coalesce((SELECT s.code FROM storage_locations s WHERE s.id = b.place_id),
                        (SELECT e.name FROM events_now e WHERE e.id = b.place_id),
                        (SELECT v.name FROM vehicles v WHERE v.id = b.place_id),
                        (SELECT a.code FROM assets_now a WHERE a.id = b.place_id))
          FROM bulk_stock_now b WHERE b.id = substr(c.subject, 6)) AS stockPlaceName,
       (SELECT b.quantity FROM bulk_stock_now b WHERE b.id = substr(c.subject, 6)) AS stockQuantity
       , c.detail,
       CASE c.detail ->> '$.table'
         WHEN 'events' THEN (SELECT e.name FROM events_now e WHERE e.id = c.detail ->> '$.rowId')
         WHEN 'pull_lists' THEN (SELECT l.name FROM pull_lists_now l WHERE l.id = c.detail ->> '$.rowId')
         WHEN 'pull_list_lines' THEN (SELECT p.name FROM products p WHERE p.id = ${productOfLine("c.detail ->> '$.rowId'")})
       END AS rowName
  FROM conflicts_now c`;

export const OPEN_CONFLICTS = `${CONFLICT} WHERE c.status = 'open' ORDER BY c.opened_at DESC LIMIT 500`;

/** The newest settled ones. */
export const SETTLED_CONFLICTS = `${CONFLICT} WHERE c.status = 'settled' ORDER BY c.opened_at DESC LIMIT 40`;

/** One parameter: the conflict. */
export const CONFLICT_BY_ID = `${CONFLICT} WHERE c.id = ?`;

export type SideRow = {
  readonly id: MovementId;
  readonly kind: MovementKind | 'assign_label' | 'retire_label';
  readonly effectiveAt: Instant;
  readonly receivedAt: Instant | null;
  readonly toKind: PlaceKind | 'asset' | null;
  readonly toId: string | null;
  readonly toName: string | null;
  readonly observedKind: PlaceKind | null;
  readonly observedName: string | null;
  readonly observedStatus: AssetStatus | null;
  readonly disposition: Disposition | null;
  readonly overrideReason: string | null;
  readonly note: string | null;
  readonly who: string | null;
  readonly device: string | null;
};

const nameOf = (kind: string, id: string) => `CASE ${kind}
    WHEN 'location' THEN (SELECT s.code FROM storage_locations s WHERE s.id = ${id})
    WHEN 'case' THEN (SELECT a.code FROM assets_now a WHERE a.id = ${id})
    WHEN 'event' THEN (SELECT e.name FROM events_now e WHERE e.id = ${id})
    WHEN 'vehicle' THEN (SELECT v.name FROM vehicles v WHERE v.id = ${id})
  END`;

const SAID_BY = (fact: string) => `(SELECT u.name FROM users u WHERE u.id = ${fact}.recorded_by) AS who,
       (SELECT d.name FROM devices d WHERE d.id = ${fact}.device_id) AS device`;

/** The facts behind conflicts, in words of places and people. One parameter: their ids as a JSON array. */
export const SIDES = `WITH wanted (ids) AS (SELECT ?)
SELECT m.id, m.kind, m.effective_at AS effectiveAt, m.received_at AS receivedAt, m.to_kind AS toKind, m.to_id AS toId,
       ${nameOf('m.to_kind', 'm.to_id')} AS toName, m.observed_kind AS observedKind,
       ${nameOf('m.observed_kind', 'm.observed_id')} AS observedName, m.observed_status AS observedStatus,
       m.disposition, m.override_reason AS overrideReason, m.note,
       ${SAID_BY('m')}
  FROM movements_now m WHERE m.id IN (SELECT value FROM wanted, json_each(wanted.ids))
UNION ALL
SELECT f.id, f.kind, f.effective_at, f.received_at,
       CASE WHEN f.asset_id IS NOT NULL THEN 'asset' WHEN f.location_id IS NOT NULL THEN 'location' END,
       coalesce(f.asset_id, f.location_id),
       coalesce((SELECT a.code FROM assets_now a WHERE a.id = f.asset_id),
                (SELECT s.code FROM storage_locations s WHERE s.id = f.location_id)),
       NULL, NULL, NULL, NULL, NULL, NULL, ${SAID_BY('f')}
  FROM label_facts_now f WHERE f.id IN (SELECT value FROM wanted, json_each(wanted.ids))`;

export type ConflictCountRow = { readonly class: ConflictClass; readonly count: number };

export const OPEN_CONFLICT_COUNTS = `
SELECT class, count(*) AS count FROM (SELECT c.class FROM conflicts_now c WHERE c.status = 'open') GROUP BY class`;
