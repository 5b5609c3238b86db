import type { AssetId, ConflictId } from '@eventkit/shared/kernel/ids.ts';
import type { PlaceKind } from '@eventkit/shared/ledger/asset-state.ts';
import type { ConflictClass } from '@eventkit/shared/ledger/conflict.ts';
import { describePlace, type SaidPlace } from '#platform/scanner/describe-places.ts';
import {
  type FoundAsset,
  findAsset,
  placeOf,
  type ReplicaReader,
  readSurroundings,
} from '#platform/scanner/find-asset.ts';

export type ProductFacts = {
  readonly name: string;
  readonly manufacturer: string;
  readonly weightGrams: number | null;
  readonly widthMillimetres: number | null;
  readonly heightMillimetres: number | null;
  readonly depthMillimetres: number | null;
  readonly powerWatts: number | null;
};

export type Content = { readonly id: AssetId; readonly code: string; readonly productName: string };

/** An asset with all that its screen says, but for its history. */
export type AssetView = {
  readonly asset: FoundAsset;
  readonly place: SaidPlace;
  readonly home: SaidPlace;
  readonly product: ProductFacts | null;
  readonly contents: readonly Content[];
  readonly conflicts: readonly { readonly id: ConflictId; readonly class: ConflictClass }[];
  /** True while an operation of this device is not confirmed by the server. */
  readonly isPending: boolean;
};

export const PRODUCT_OF_ASSET = `SELECT name, manufacturer, weight_grams AS weightGrams,
  width_millimetres AS widthMillimetres, height_millimetres AS heightMillimetres,
  depth_millimetres AS depthMillimetres, power_watts AS powerWatts FROM products WHERE id = ?`;
export const CONTENTS_OF_ASSET = `SELECT a.id, a.code, coalesce(p.name, '') AS productName FROM assets_now a
  LEFT JOIN products p ON p.id = a.product_id WHERE a.place_kind = 'case' AND a.place_id = ?`;
export const CONFLICTS_OF_ASSET = `SELECT c.id, c.class FROM conflicts_now c
  WHERE c.asset_id = ? AND c.status = 'open' ORDER BY c.opened_at DESC`;
export const BASELINE_OF_ASSET = `SELECT a.baseline_kind AS kind, a.baseline_id AS id FROM assets_now a
  WHERE a.id = ?`;
export const PENDING_OF_ASSET = 'SELECT 1 AS isPending FROM assets_overlay WHERE id = ? LIMIT 1';

/** Null where this device holds no such asset. */
export async function readAsset(replica: ReplicaReader, id: AssetId): Promise<AssetView | null> {
  const asset = await findAsset(replica, id);
  if (!asset) return null;
  const [place, product, contents, conflicts, baseline, pending] = await Promise.all([
    describePlace(replica, asset),
    replica.getOptional<ProductFacts>(PRODUCT_OF_ASSET, [asset.productId]),
    asset.isCase ? replica.getAll<Content>(CONTENTS_OF_ASSET, [id]) : [],
    replica.getAll<AssetView['conflicts'][number]>(CONFLICTS_OF_ASSET, [id]),
    replica.getOptional<{ kind: PlaceKind; id: string }>(BASELINE_OF_ASSET, [id]),
    replica.getOptional(PENDING_OF_ASSET, [id]),
  ]);
  return {
    asset,
    place,
    home: await readHome(replica, baseline),
    product,
    contents: contents.toSorted((a, b) => a.code.localeCompare(b.code, 'en', { numeric: true })),
    conflicts,
    isPending: pending !== null,
  };
}

async function readHome(
  replica: ReplicaReader,
  baseline: { readonly kind: PlaceKind; readonly id: string } | null,
): Promise<SaidPlace> {
  if (!baseline) return { kind: 'nowhere', caseCode: null };
  const place = placeOf(baseline.kind, baseline.id);
  const surroundingsOf = await readSurroundings(replica, [place]);
  return describePlace(replica, surroundingsOf(place));
}
