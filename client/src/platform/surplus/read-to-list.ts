import type { EventId, ProductId } from '@eventkit/shared/kernel/ids.ts';
import type { Surplus } from '@eventkit/shared/scanning/scan-judgement.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';

/** What a scan that no line had room for can put on a list of its event. */
export type ToList = { readonly pullListId: string; readonly productId: ProductId; readonly count: number };

/** New lines go onto the first of the event's lists. One parameter: the event. */
export const LIST_OF_EVENT = 'SELECT id FROM pull_lists_now WHERE event_id = ? ORDER BY name, id LIMIT 1';

/** Null where the event has no list, and for a case whose contents are surplus in more than one product. */
export async function readToList(
  replica: ReplicaReader,
  eventId: EventId,
  surplus: readonly Surplus[],
): Promise<ToList | null> {
  const [first] = surplus;
  if (first === undefined || surplus.some(({ productId }) => productId !== first.productId)) return null;
  const list = await replica.getOptional<{ id: string }>(LIST_OF_EVENT, [eventId]);
  return list && { pullListId: list.id, productId: first.productId, count: surplus.length };
}
