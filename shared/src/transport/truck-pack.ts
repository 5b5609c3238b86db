import type { ProductId, UserId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';

/** Somebody else who confirmed the same trip. */
export type Witness = {
  readonly factId: string;
  readonly by: UserId | string;
  readonly at: Instant;
  readonly isSameList: boolean;
};

/** Something that came on or went off after the list was confirmed. */
export type PackChange = {
  readonly factId: string;
  readonly kind: 'load' | 'unload';
  readonly assetId: string;
};

/** What the person who confirmed said of units that are not on board. */
export type LeftBehind = {
  readonly productId: ProductId;
  readonly count: number;
  readonly why: 'follows' | 'not_needed';
};
