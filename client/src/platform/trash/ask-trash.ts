import { createClient, type Transport } from '@connectrpc/connect';
import { TrashHoldReason, TrashKind, TrashService } from '@eventkit/proto/gen/eventkit/v1/trash_pb.ts';

/** What can be deleted where it is shown. */
export type DeletableKind = 'asset' | 'event';

/** What holds a record, as texts name it. */
export type ShownHold = { readonly reason: keyof typeof reasonsByName; readonly count: number };

/** Puts a record into the trash; answers the deletion, or what holds the record. Throws where the server says no or nothing. */
export async function putIntoTrash(
  transport: Transport,
  kind: DeletableKind,
  recordId: string,
): Promise<{ readonly itemId: string } | { readonly holds: readonly ShownHold[] }> {
  const kinds = { asset: TrashKind.ASSET, event: TrashKind.EVENT } as const;
  const { itemId, holds } = await createClient(TrashService, transport).deleteRecord({
    kind: kinds[kind],
    recordId,
  });
  if (itemId !== '') return { itemId };
  return { holds: holds.map(({ reason, count }) => ({ reason: nameOf(reason), count })) };
}

/** Brings back what a deletion took; answers the names of what had to come along. */
export async function bringBackFromTrash(transport: Transport, itemId: string): Promise<readonly string[]> {
  const { cameAlong } = await createClient(TrashService, transport).restoreRecord({ itemId });
  return cameAlong;
}

const reasonsByName = {
  out_on_event: TrashHoldReason.OUT_ON_EVENT,
  on_vehicle: TrashHoldReason.ON_VEHICLE,
  in_case: TrashHoldReason.IN_CASE,
  holds_pieces: TrashHoldReason.HOLDS_PIECES,
  loose_stock: TrashHoldReason.LOOSE_STOCK,
  on_pull_list: TrashHoldReason.ON_PULL_LIST,
  truck_confirmed: TrashHoldReason.TRUCK_CONFIRMED,
  open_conflict: TrashHoldReason.OPEN_CONFLICT,
  other: TrashHoldReason.UNSPECIFIED,
} as const;

/** A server that is newer than this app may know more reasons. */
function nameOf(reason: TrashHoldReason): ShownHold['reason'] {
  const names = Object.keys(reasonsByName) as ShownHold['reason'][];
  return names.find((name) => reasonsByName[name] === reason) ?? 'other';
}
