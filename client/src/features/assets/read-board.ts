import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';

/** The columns of the board, in the order in which things go through them. */
export const boardColumns = ['quarantined', 'in_repair', 'inspection_due', 'lost'] as const;

export type BoardColumn = (typeof boardColumns)[number];

export type BoardThing = {
  readonly id: AssetId;
  readonly code: string;
  readonly productName: string;
  readonly column: BoardColumn;
  /** Where it directly is: a shelf, a case, an event, a vehicle; null where that is not on this device. */
  readonly placeName: string | null;
  readonly placeId: string;
  readonly isDamaged: boolean;
  /** What was last said of how it is; null where nobody said anything. */
  readonly words: string | null;
  readonly since: Instant | null;
  readonly inspectionDueAt: Instant | null;
};

/** Things must be seen to this long before their inspection is due. */
const LOOK_AHEAD = '+30 days';

/** In service things come in only by the date of their inspection; what is out of service for good never does. */
export const BOARD = `SELECT a.id, a.code, a.status, a.condition, a.inspection_due_at AS inspectionDueAt,
  a.last_moved_at AS lastMovedAt, a.place_id AS placeId,
  coalesce((SELECT p.name FROM products p WHERE p.id = a.product_id), '') AS productName,
  CASE a.place_kind
    WHEN 'location' THEN (SELECT s.code FROM storage_locations s WHERE s.id = a.place_id)
    WHEN 'case' THEN (SELECT c.code FROM assets_now c WHERE c.id = a.place_id)
    WHEN 'event' THEN (SELECT e.name FROM events_now e WHERE e.id = a.place_id)
    WHEN 'vehicle' THEN (SELECT v.name FROM vehicles v WHERE v.id = a.place_id)
  END AS placeName
  FROM assets_now a
  WHERE a.status IN ('quarantined', 'in_repair', 'lost')
    OR (a.status = 'in_service' AND a.inspection_due_at < strftime('%Y-%m-%dT%H:%M:%f', 'now', '${LOOK_AHEAD}'))`;

const LAST_WORDS = `SELECT m.asset_id AS id, m.note, m.effective_at AS at FROM movements_now m
  WHERE m.asset_id IN (SELECT value FROM json_each(?)) AND m.note IS NOT NULL
  ORDER BY m.effective_at, m.device_id, m.sequence, m.id`;

type Row = Pick<BoardThing, 'id' | 'code' | 'productName' | 'placeName' | 'placeId' | 'inspectionDueAt'> & {
  readonly status: 'quarantined' | 'in_repair' | 'lost' | 'in_service';
  readonly condition: 'ok' | 'damaged';
  readonly lastMovedAt: Instant | null;
};

/** What waits for somebody: the longest waiting first, inspections by their date. */
export async function readBoard(replica: ReplicaReader): Promise<BoardThing[]> {
  const rows = await replica.getAll<Row>(BOARD);
  const words = await replica.getAll<{ id: AssetId; note: string; at: Instant }>(LAST_WORDS, [
    JSON.stringify(rows.map(({ id }) => id)),
  ]);
  const wordsById = new Map(words.map((one) => [one.id, one]));
  return rows
    .map(({ status, condition, lastMovedAt, ...row }): BoardThing => {
      const said = wordsById.get(row.id);
      return {
        ...row,
        column: status === 'in_service' ? 'inspection_due' : status,
        isDamaged: condition === 'damaged',
        words: said?.note ?? null,
        since: said?.at ?? lastMovedAt,
      };
    })
    .sort((a, b) => dateOf(a).localeCompare(dateOf(b)) || a.code.localeCompare(b.code));
}

/** Those whose code, product or place holds every word. */
export function onBoard(things: readonly BoardThing[], text: string): BoardThing[] {
  const words = text
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return things.filter(({ code, productName, placeName }) => {
    const all = `${code} ${productName} ${placeName ?? ''}`.toLocaleLowerCase();
    return words.every((word) => all.includes(word));
  });
}

function dateOf({ column, inspectionDueAt, since }: BoardThing): string {
  return (column === 'inspection_due' ? inspectionDueAt : since) ?? '';
}
