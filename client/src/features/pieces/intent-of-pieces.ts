import type { CountBulk, MoveBulk } from '@eventkit/shared/bulk/bulk-intents.ts';
import type { EventId, ProductId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import type { Place } from '@eventkit/shared/ledger/asset-state.ts';
import type { Disposition } from '@eventkit/shared/operations/operation.ts';

/** What a person does with loose pieces. */
export const pieceActs = ['count', 'out', 'back', 'move', 'gone'] as const;
export type PieceAct = (typeof pieceActs)[number];

export type PieceJob = {
  readonly act: PieceAct;
  readonly productId: ProductId | null;
  /** The shelf: counted, taken from, or put back to. */
  readonly placeId: StorageLocationId | null;
  /** Where they go to or come back from. */
  readonly eventId: EventId | null;
  /** Where they are moved to. */
  readonly targetId: StorageLocationId | null;
  /** How they came back, or why they are gone. */
  readonly disposition: Disposition;
  readonly quantity: number;
};

/** What is to be recorded; null while something that the act needs is not said. */
export function intentOfPieces(job: PieceJob): MoveBulk | CountBulk | null {
  const { act, productId, placeId, eventId, targetId, disposition, quantity } = job;
  if (productId === null || placeId === null) return null;
  const place: Place = { kind: 'location', id: placeId };
  if (act === 'count') return { kind: 'count_bulk', productId, place, quantity, note: null };
  if (quantity === 0) return null;
  const move = { kind: 'move_bulk' as const, productId, quantity, disposition: null, note: null };
  switch (act) {
    case 'out':
      return eventId === null ? null : { ...move, from: place, to: { kind: 'event', id: eventId } };
    case 'back': {
      if (eventId === null) return null;
      // What got lost or was used up on site does not come to the shelf.
      const comesBack = disposition === 'ok' || disposition === 'damaged';
      return { ...move, from: { kind: 'event', id: eventId }, to: comesBack ? place : null, disposition };
    }
    case 'move':
      if (targetId === null || targetId === placeId) return null;
      return { ...move, from: place, to: { kind: 'location', id: targetId } };
    case 'gone':
      return { ...move, from: place, to: null, disposition };
  }
}
