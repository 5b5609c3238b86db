import type { AssetId, EventId, ProductId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { type Content, diffContents } from '@eventkit/shared/scanning/diff-contents.ts';
import { readCaseContents } from '#platform/scanner/case-contents.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';

/** A thing that is on a case's list and not inside, or inside and not on it. */
export type ListedThing = { readonly id: AssetId; readonly code: string; readonly productName: string };

/** The list that went with a case, and how what is inside differs from it. */
export type CaseList = {
  /** What was done when the list was made. */
  readonly madeBy: 'seal' | 'check_out' | 'load';
  readonly madeAt: Instant;
  readonly byName: string | null;
  /** The event that it went out for. */
  readonly eventId: EventId | null;
  readonly eventName: string | null;
  readonly listCount: number;
  readonly missing: readonly ListedThing[];
  readonly extra: readonly ListedThing[];
  readonly swapped: readonly { readonly missing: ListedThing; readonly extra: ListedThing }[];
};

/** The newest list that counts: of the seal where it is sealed, else of the last time it went out. */
export const NEWEST_LIST = `SELECT m.kind AS madeBy, m.effective_at AS madeAt, m.contents,
  coalesce(m.event_id, CASE m.to_kind WHEN 'event' THEN m.to_id END) AS eventId,
  (SELECT u.name FROM users u WHERE u.id = m.recorded_by) AS byName
  FROM movements_now m
  WHERE m.asset_id = ? AND m.contents IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM movements_now undo WHERE undo.asset_id = m.asset_id AND undo.kind = 'undo'
      AND undo.undoes_operation_id = m.operation_id AND undo.device_id = m.device_id)
  ORDER BY m.effective_at DESC, m.device_id DESC, m.sequence DESC, m.id DESC LIMIT 1`;

type Row = Pick<CaseList, 'madeBy' | 'madeAt' | 'byName' | 'eventId'> & { readonly contents: string };
type ThingRow = ListedThing & { readonly productId: ProductId };

/** Null where nothing is known of a list, as for a case that never went out. */
export async function readCaseList(replica: ReplicaReader, caseId: AssetId): Promise<CaseList | null> {
  const row = await replica.getOptional<Row>(NEWEST_LIST, [caseId]);
  if (!row) return null;
  const listIds = JSON.parse(row.contents) as AssetId[];
  const inside = await readCaseContents(replica, [caseId]);
  const things = await replica.getAll<ThingRow>(
    `SELECT a.id, a.code, a.product_id AS productId, coalesce(p.name, '') AS productName
      FROM assets_now a LEFT JOIN products p ON p.id = a.product_id
      WHERE a.id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify([...new Set([...listIds, ...inside.map(({ id }) => id)])])],
  );
  const thingById = new Map<AssetId, ThingRow>(things.map((thing) => [thing.id, thing]));
  const contentOf = (id: AssetId): Content => ({ id, productId: thingById.get(id)?.productId ?? null });
  const nameOf = (id: AssetId): ListedThing => thingById.get(id) ?? { id, code: '?', productName: '' };
  const diff = diffContents(
    listIds.map(contentOf),
    inside.map(({ id }) => contentOf(id)),
  );
  const event = await replica.getOptional<{ name: string }>('SELECT name FROM events_now WHERE id = ?', [
    row.eventId,
  ]);
  return {
    ...row,
    eventName: event?.name ?? null,
    listCount: new Set(listIds).size,
    missing: diff.missing.map(nameOf),
    extra: diff.extra.map(nameOf),
    swapped: diff.swapped.map((pair) => ({ missing: nameOf(pair.missing), extra: nameOf(pair.extra) })),
  };
}

/** True where what is inside is not what the list says. */
export function differs({ missing, extra, swapped }: CaseList): boolean {
  return missing.length + extra.length + swapped.length > 0;
}
