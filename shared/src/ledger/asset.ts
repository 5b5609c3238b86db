import type { AssetId, ProductId } from '#kernel/ids.ts';
import type { AssetState, Place } from './asset-state.ts';

/** One serialised physical unit with what the ledger says of it. A case is an asset that holds assets. */
export type Asset = {
  readonly id: AssetId;
  readonly productId: ProductId;
  /** What people call it and what its first label says, e.g. A-0412. */
  readonly code: string;
  readonly serial: string | null;
  readonly isCase: boolean;
  /** Where the kept history starts from: usually where it belongs. In service and ok by definition. */
  readonly baseline: Place;
  readonly state: AssetState;
};
