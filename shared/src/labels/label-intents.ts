import type { AssetId, StorageLocationId } from '#kernel/ids.ts';

/** What a label can be on. */
export type LabelTarget =
  | { readonly kind: 'asset'; readonly id: AssetId }
  | { readonly kind: 'location'; readonly id: StorageLocationId };

/** A label with this code is on this thing from now on: a blank one, or one that was on something else before. */
export type AssignLabel = {
  readonly kind: 'assign_label';
  readonly code: string;
  readonly target: LabelTarget;
  /** What the device saw the code lead to; null where it led nowhere. */
  readonly observed: LabelTarget | null;
};

/** A label was taken off and is on nothing from now on. */
export type RetireLabel = {
  readonly kind: 'retire_label';
  readonly code: string;
  readonly observed: LabelTarget | null;
};

export type LabelIntent = AssignLabel | RetireLabel;
