import type { AssetId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import type { LabelTarget } from '@eventkit/shared/labels/label-intents.ts';

/** Something that a label can be put on, as it is shown in a list. */
export type LabelledThing = {
  readonly id: string;
  readonly kind: LabelTarget['kind'];
  readonly code: string;
  /** The product, or the name of the place. */
  readonly title: string;
  /** Where an asset is; null for a place and for what is not known here. */
  readonly placeName: string | null;
};

/** What `assignLabel` is told of a thing. */
export function targetOfThing({ id, kind }: LabelledThing): LabelTarget {
  return kind === 'asset' ? { kind, id: id as AssetId } : { kind, id: id as StorageLocationId };
}
