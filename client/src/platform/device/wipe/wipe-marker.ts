import type { TextStore } from '#platform/session/remembered-session.ts';

export const WIPE_KEY = 'eventkit.wipe';

/**
 * Stands beside the replica from the moment at which a wipe cannot be withdrawn until the server knows that it is done, so
 * that it is carried out before anything is opened, however often the page dies meanwhile.
 */
export type WipeMarker = {
  readonly tenantId: string;
  /** The credential by which it is reported. */
  readonly lease: string;
};

export function isWipeBegun(store: Pick<TextStore, 'getItem'>): boolean {
  return store.getItem(WIPE_KEY) !== null;
}
