import type { AssetId, EventId, ProductId, PullListLineId } from '@eventkit/shared/kernel/ids.ts';
import type { OutPieces } from '@eventkit/shared/planning/pull-list-progress.ts';
import type { LineTally } from '@eventkit/shared/scanning/scan-judgement.ts';
import { readCaseContents } from './case-contents.ts';
import type { ReplicaReader } from './find-asset.ts';

/** A line of the event's pull lists with what is out for it, there or on a vehicle, contents of cases included. */
export type LoadLine = LineTally & {
  readonly productName: string;
  /** 1 where its pieces have no labels and are told by number. */
  readonly isLoose: number;
};

/** How far the loading of an event is. */
export type EventLoad = {
  /** In the order of the pull lists. */
  readonly lines: readonly LoadLine[];
  readonly wantedCount: number;
  /** Never more than wanted: too much of one product does not make up for another. */
  readonly outCount: number;
};

/** What an `EventLoad` is read from. */
export const EVENT_LOAD_TABLES = [
  'assets',
  'assets_overlay',
  'bulk_stock',
  'bulk_stock_overlay',
  'pull_list_lines',
  'pull_list_lines_overlay',
  'line_fillings',
  'line_fillings_overlay',
  'products',
];

export const LINES_OF_EVENT = `SELECT l.id AS lineId, l.product_id AS productId,
  coalesce((SELECT name FROM products WHERE id = l.product_id), '') AS productName,
  coalesce((SELECT tracking <> 'serialised' FROM products WHERE id = l.product_id), 0) AS isLoose,
  l.quantity AS wantedCount, l.order_key AS orderKey FROM pull_list_lines_now l
  WHERE l.event_id = ? ORDER BY l.order_key, l.id`;
export const ASSETS_ON_EVENT = `SELECT a.id, a.product_id AS productId, a.is_case AS isCase FROM assets_now a
  WHERE a.place_kind = 'event' AND a.place_id = ?
  UNION ALL SELECT a.id, a.product_id, a.is_case FROM assets_now a
  WHERE a.place_id IN (SELECT id FROM vehicles) AND a.for_event_id = ?`;

/** Loose pieces on the event and in the cases that stand on it. */
export const PIECES_ON_EVENT = `SELECT b.product_id AS productId, b.quantity FROM bulk_stock_now b
  WHERE b.place_id IN (SELECT value FROM json_each(?)) AND b.quantity > 0`;

/** What stands in for something else that a line of the event asks for. One parameter: the event. */
export const STAND_INS_ON_EVENT =
  'SELECT f.asset_id AS assetId, f.line_id AS lineId FROM line_fillings_now f WHERE f.event_id = ?';

export type StandIn = { readonly assetId: AssetId; readonly lineId: PullListLineId };

type OnEvent = { readonly id: AssetId; readonly productId: ProductId; readonly isCase: number };

/** Wanted and out by line; four statements, and one more for each level of cases that stand on the event. */
export async function readEventLoad(replica: ReplicaReader, eventId: EventId): Promise<EventLoad> {
  const [lines, loose, standIns] = await Promise.all([
    replica.getAll<Omit<LoadLine, 'outCount'>>(LINES_OF_EVENT, [eventId]),
    replica.getAll<OnEvent>(ASSETS_ON_EVENT, [eventId, eventId]),
    replica.getAll<StandIn>(STAND_INS_ON_EVENT, [eventId]),
  ]);
  const caseIds = loose.filter(({ isCase }) => isCase === 1).map(({ id }) => id);
  const packed = await readCaseContents(replica, caseIds);
  const places = [eventId, ...caseIds, ...packed.filter(({ isCase }) => isCase).map(({ id }) => id)];
  const pieces = await replica.getAll<OutPieces>(PIECES_ON_EVENT, [JSON.stringify(places)]);
  const lineIds = new Set(lines.map(({ lineId }) => lineId));
  const lineIdByAssetId = new Map(
    standIns.flatMap(({ assetId, lineId }) => (lineIds.has(lineId) ? [[assetId, lineId] as const] : [])),
  );
  const out = [...loose, ...packed];
  return tallyLoad(
    lines,
    out.flatMap(({ id, productId }) => (lineIdByAssetId.has(id) ? [] : [productId])),
    pieces,
    out.flatMap(({ id }) => lineIdByAssetId.get(id) ?? []),
  );
}

/**
 * Puts what is out on the lines in their order; what is too much stays with the last line of its product. What stands in
 * for something else is told by the line that it fills, once for each (rule PL8).
 */
export function tallyLoad(
  lines: readonly Omit<LoadLine, 'outCount'>[],
  productIdsOut: readonly ProductId[],
  pieces: readonly OutPieces[] = [],
  filledLineIds: readonly PullListLineId[] = [],
): EventLoad {
  const restByProductId = new Map<ProductId, number>();
  for (const id of productIdsOut) restByProductId.set(id, (restByProductId.get(id) ?? 0) + 1);
  for (const { productId, quantity } of pieces) {
    restByProductId.set(productId, (restByProductId.get(productId) ?? 0) + quantity);
  }
  const lastLineIds = new Map<ProductId, PullListLineId>(
    lines.map(({ productId, lineId }) => [productId, lineId]),
  );
  const tallied = lines.map((line) => {
    const rest = restByProductId.get(line.productId) ?? 0;
    const isLast = lastLineIds.get(line.productId) === line.lineId;
    const standInCount = filledLineIds.filter((id) => id === line.lineId).length;
    const ownCount = isLast ? rest : Math.min(rest, Math.max(line.wantedCount - standInCount, 0));
    restByProductId.set(line.productId, rest - ownCount);
    return { ...line, outCount: standInCount + ownCount };
  });
  return {
    lines: tallied,
    wantedCount: tallied.reduce((sum, line) => sum + line.wantedCount, 0),
    outCount: tallied.reduce((sum, line) => sum + Math.min(line.outCount, line.wantedCount), 0),
  };
}

/** What a product is short of and asked for over all lines of the event; null where no line asks for it. */
export function tallyProduct(
  load: EventLoad,
  productId: ProductId,
): { readonly wantedCount: number; readonly outCount: number } | null {
  const lines = load.lines.filter((line) => line.productId === productId);
  if (lines.length === 0) return null;
  return {
    wantedCount: lines.reduce((sum, line) => sum + line.wantedCount, 0),
    outCount: lines.reduce((sum, line) => sum + line.outCount, 0),
  };
}
