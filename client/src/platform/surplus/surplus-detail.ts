import type { AssetId, EventId, ProductId } from '@eventkit/shared/kernel/ids.ts';
import type { ScanJudgement } from '@eventkit/shared/scanning/scan-judgement.ts';
import { describePlace, type SaidPlace } from '#platform/scanner/describe-places.ts';
import type { FoundAsset, ReplicaReader } from '#platform/scanner/find-asset.ts';
import { readToList, type ToList } from './read-to-list.ts';

/** What a person has to know of a thing that went out though no line of the event has room for it. */
export type SurplusDetail = {
  readonly kind: 'wrong_event';
  readonly assetId: AssetId;
  readonly why: 'other_event' | 'not_on_list' | 'line_full';
  /** Where it was: the other event, or the place to put it back to. */
  readonly from: SaidPlace;
  /** What can be put on the list so that this is no surplus; absent where a person has to look at it. */
  readonly toList?: ToList;
  /** Set for a single thing that can go instead of another. */
  readonly productId?: ProductId;
};

/** Said before the operation changes the rows it speaks of; `eventId` is null where it goes out for no event. */
export async function describeSurplus(
  replica: ReplicaReader,
  eventId: EventId | null,
  asset: FoundAsset,
  { otherEventId, surplus }: Extract<ScanJudgement, { readonly outcome: 'wrong_event' }>,
): Promise<SurplusDetail> {
  const [from, toList] = await Promise.all([
    describePlace(replica, asset),
    eventId === null ? null : readToList(replica, eventId, surplus),
  ]);
  return {
    kind: 'wrong_event',
    assetId: asset.id,
    why: otherEventId ? 'other_event' : (surplus[0]?.why ?? 'not_on_list'),
    from,
    ...(toList && { toList }),
    ...(surplus.length === 1 && !asset.isCase && { productId: asset.productId }),
  };
}
