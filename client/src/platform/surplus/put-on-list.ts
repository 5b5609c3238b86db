import { orderKeyBetween } from '@eventkit/shared/edits/order-key.ts';
import type { EventId, NewId } from '@eventkit/shared/kernel/ids.ts';
import type { Result } from '@eventkit/shared/kernel/result.ts';
import { creationOf } from '#platform/edits/intent-of-edit.ts';
import type { RecordError, RecordedOperation } from '#platform/operations/recorded-operation.ts';
import type { Platform } from '#platform/platform.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';
import type { ToList } from './read-to-list.ts';

/** One parameter: the event. */
export const LAST_LINE_OF_EVENT =
  'SELECT order_key AS orderKey FROM pull_list_lines_now WHERE event_id = ? ORDER BY order_key DESC LIMIT 1';

export type ListCapabilities = {
  readonly replica: ReplicaReader;
  readonly recordOperation: Platform['recordOperation'];
  readonly newId: NewId;
};

/** [FE16] A line of its own behind the others: two people who add one each add two. */
export async function putOnList(
  { replica, recordOperation, newId }: ListCapabilities,
  eventId: EventId,
  { pullListId, productId, count }: ToList,
): Promise<Result<RecordedOperation, RecordError>> {
  const last = await replica.getOptional<{ orderKey: string | null }>(LAST_LINE_OF_EVENT, [eventId]);
  const values = {
    pull_list_id: pullListId,
    product_id: productId,
    quantity: count,
    note: '',
    order_key: orderKeyBetween(last?.orderKey ?? null, null),
  };
  return recordOperation(creationOf('pull_list_lines', newId(), values));
}
