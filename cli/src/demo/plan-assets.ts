import type { AssetRow, LabelRow } from './demo-rows.ts';
import type { Stock, StockPlan } from './plan-stock.ts';
import type { StoragePlan } from './plan-storage.ts';
import type { Random } from './random.ts';

export type AssetPlan = {
  /** All where their history starts: on their shelf or in their case. */
  readonly assets: readonly AssetRow[];
  readonly labels: readonly LabelRow[];
};

/** Single pieces A-0001 …, then cases C-001 …; the first pieces of a cased product lie in its cases. */
export function planAssets(
  { random, newId }: { readonly random: Random; readonly newId: () => string },
  stock: StockPlan,
  storage: StoragePlan,
): AssetPlan {
  const cases = stock.cases.flatMap(({ product, contents, count, perCase }) =>
    Array.from({ length: count }, (_, i) => ({ product, contents, first: i * perCase, perCase })),
  );
  // A case must be known before what lies in it is written, so its id is made first.
  const caseAssets = cases.map(({ product, contents, first }, i) =>
    assetAt(newId(), product.id, caseCode(i), null, true, {
      kind: 'location',
      id: storage.shelfOf(contents, first).id,
    }),
  );
  const caseIdsByPiece = new Map<string, string>();
  for (const [i, { contents, first, perCase }] of cases.entries()) {
    for (let n = first; n < first + perCase; n += 1) {
      caseIdsByPiece.set(`${contents.product.id} ${n}`, caseAssets[i]?.id ?? '');
    }
  }
  const pieces: AssetRow[] = [];
  for (const one of stock.stocks) {
    for (let n = 0; n < one.quantity; n += 1) {
      const caseId = caseIdsByPiece.get(`${one.product.id} ${n}`);
      pieces.push(
        assetAt(
          newId(),
          one.product.id,
          `A-${String(pieces.length + 1).padStart(4, '0')}`,
          serialOf(random, one),
          false,
          caseId === undefined
            ? { kind: 'location', id: storage.shelfOf(one, n).id }
            : { kind: 'case', id: caseId },
        ),
      );
    }
  }
  const assets = [...caseAssets, ...pieces];
  return { assets, labels: labelsOf(newId, assets, storage) };
}

function caseCode(index: number): string {
  return `C-${String(index + 1).padStart(3, '0')}`;
}

function assetAt(
  id: string,
  productId: string,
  code: string,
  serial: string | null,
  isCase: boolean,
  home: { readonly kind: 'location' | 'case'; readonly id: string },
): AssetRow {
  return {
    id,
    product_id: productId,
    code,
    serial,
    is_case: isCase,
    baseline_kind: home.kind,
    baseline_id: home.id,
    place_kind: home.kind,
    place_id: home.id,
    status: 'in_service',
    condition: 'ok',
    last_movement_id: null,
    last_moved_at: null,
  };
}

/** Cables and steel have none. */
function serialOf(random: Random, { product }: Stock): string | null {
  if (product.category === 'Cable' || product.category === 'Rigging') return null;
  return `${random.integer(14, 26)}${String(random.integer(0, 9_999_999)).padStart(7, '0')}`;
}

/** What is printed beside an asset's own code: cases also carry a QR code, and places a label of their own. */
function labelsOf(newId: () => string, assets: readonly AssetRow[], storage: StoragePlan): LabelRow[] {
  const ofAsset = (asset: AssetRow, value: string, symbology: LabelRow['symbology']): LabelRow => ({
    id: newId(),
    value,
    symbology,
    asset_id: asset.id,
    location_id: null,
  });
  return [
    ...assets.filter((asset) => asset.is_case).map((asset) => ofAsset(asset, `QR-${asset.code}`, 'qr')),
    ...storage.locations.map(
      (location): LabelRow => ({
        id: newId(),
        value: `L-${location.code}`,
        symbology: 'code128',
        asset_id: null,
        location_id: location.id,
      }),
    ),
  ];
}
