import type { AssetId, ProductId, PullListLineId, StorageLocationId } from '#kernel/ids.ts';
import { compareLocationCodes } from './compare-location-codes.ts';

export type WantedLine = {
  readonly id: PullListLineId;
  readonly productId: ProductId;
  readonly quantity: number;
  /** Its place in the list; lines with one key are ordered by their ids. */
  readonly orderKey: string;
};

/** An asset that is out at the event, by itself or inside a case that is. */
export type OutUnit = {
  readonly assetId: AssetId;
  readonly productId: ProductId;
  readonly isCase: boolean;
  /** The line of another product that it stands in for; absent where it counts for its own. */
  readonly fillsLineId?: PullListLineId | null;
};

/** Loose pieces of a product that are out at the event, by themselves or in cases that are. */
export type OutPieces = { readonly productId: ProductId; readonly quantity: number };

/** An asset that may go out and lies in stock, by itself or inside a case that does. */
export type FreeUnit = {
  readonly assetId: AssetId;
  readonly productId: ProductId;
  readonly locationId: StorageLocationId;
  readonly locationCode: string;
};

export type Lying = {
  readonly locationId: StorageLocationId;
  readonly locationCode: string;
  readonly assetIds: readonly AssetId[];
};

export type LineProgress = {
  readonly lineId: PullListLineId;
  readonly productId: ProductId;
  readonly wantedCount: number;
  /** Never more than wanted; what goes beyond is surplus. */
  readonly scannedCount: number;
  readonly surplusCount: number;
  /** How many things of other products stand in for what it asks for. */
  readonly standInCount: number;
  readonly missingCount: number;
  /** How many of the missing no stock covers. */
  readonly shortCount: number;
  /** Where units of the product lie, in walking order; empty where nothing is missing. */
  readonly lying: readonly Lying[];
};

export type PullListProgress = {
  /** In the order of the list. */
  readonly lines: readonly LineProgress[];
  readonly scannedCount: number;
  readonly wantedCount: number;
  /** Out at the event although no line names the product; cases that are only packaging left out. */
  readonly unlisted: readonly OutUnit[];
  readonly unlistedPieces: readonly OutPieces[];
};

/** "47 of 52, missing: here": how far an event's pull list is, and where the rest lies (rules PL1 to PL7). */
export function pullListProgress(
  lines: readonly WantedLine[],
  out: readonly OutUnit[],
  free: readonly FreeUnit[],
  outPieces: readonly OutPieces[] = [],
): PullListProgress {
  const lineIds = new Set(lines.map(({ id }) => id));
  const { standIns, others } = Object.groupBy(out, ({ fillsLineId = null }) =>
    fillsLineId !== null && lineIds.has(fillsLineId) ? 'standIns' : 'others',
  );
  const standInsByLine = Map.groupBy(standIns ?? [], ({ fillsLineId }) => fillsLineId);
  const countStandIns = ({ id }: WantedLine) => standInsByLine.get(id)?.length ?? 0;
  const outByProduct = Map.groupBy(others ?? [], ({ productId }) => productId);
  const freeByProduct = Map.groupBy(free, ({ productId }) => productId);
  const pieceCounts = countPieces(outPieces);
  const progress: LineProgress[] = [];
  for (const sameProduct of linesByProduct(lines).values()) {
    const { productId } = sameProduct[0];
    const outCount = (outByProduct.get(productId)?.length ?? 0) + (pieceCounts.get(productId) ?? 0);
    progress.push(...fill(sameProduct, outCount, freeByProduct.get(productId) ?? [], countStandIns));
  }
  const indexById = new Map(lines.toSorted(compareLines).map(({ id }, index) => [id, index]));
  progress.sort((a, b) => (indexById.get(a.lineId) ?? 0) - (indexById.get(b.lineId) ?? 0));
  const listed = new Set(lines.map(({ productId }) => productId));
  return {
    lines: progress,
    scannedCount: sum(progress.map(({ scannedCount }) => scannedCount)),
    wantedCount: sum(progress.map(({ wantedCount }) => wantedCount)),
    unlisted: (others ?? []).filter(({ productId, isCase }) => !isCase && !listed.has(productId)),
    unlistedPieces: [...pieceCounts].flatMap(([productId, quantity]) =>
      listed.has(productId) ? [] : [{ productId, quantity }],
    ),
  };
}

/** [PL7] Fewer than none at the event is a conflict of its own; here it counts as none. */
function countPieces(pieces: readonly OutPieces[]): Map<ProductId, number> {
  const counts = new Map<ProductId, number>();
  for (const { productId, quantity } of pieces) {
    if (quantity > 0) counts.set(productId, (counts.get(productId) ?? 0) + quantity);
  }
  return counts;
}

/** [FE15] Text order, then ids: the same on every device. */
function compareLines(a: WantedLine, b: WantedLine): number {
  return a.orderKey < b.orderKey ? -1 : a.orderKey > b.orderKey ? 1 : a.id < b.id ? -1 : 1;
}

type SameProduct = [WantedLine, ...WantedLine[]];

function linesByProduct(lines: readonly WantedLine[]): Map<ProductId, SameProduct> {
  const byProduct = new Map<ProductId, SameProduct>();
  for (const line of lines.toSorted(compareLines)) {
    const same = byProduct.get(line.productId);
    if (same === undefined) byProduct.set(line.productId, [line]);
    else same.push(line);
  }
  return byProduct;
}

/** [PL2] [PL8] What is out fills the lines of its product in their order; what is left over lies on the last one. */
function fill(
  lines: SameProduct,
  outCount: number,
  free: readonly FreeUnit[],
  countStandIns: (line: WantedLine) => number,
): LineProgress[] {
  const lying = lyingByLocation(free);
  let outLeft = outCount;
  let freeLeft = free.length;
  return lines.map((line, index) => {
    const standInCount = countStandIns(line);
    const ownCount = Math.min(outLeft, Math.max(line.quantity - standInCount, 0));
    outLeft -= ownCount;
    const scannedCount = Math.min(standInCount, line.quantity) + ownCount;
    const missingCount = line.quantity - scannedCount;
    const coveredCount = Math.min(freeLeft, missingCount);
    freeLeft -= coveredCount;
    return {
      lineId: line.id,
      productId: line.productId,
      wantedCount: line.quantity,
      scannedCount,
      standInCount,
      surplusCount: Math.max(standInCount - line.quantity, 0) + (index === lines.length - 1 ? outLeft : 0),
      missingCount,
      shortCount: missingCount - coveredCount,
      lying: missingCount === 0 ? [] : lying,
    };
  });
}

function lyingByLocation(free: readonly FreeUnit[]): Lying[] {
  return [...Map.groupBy(free, ({ locationId }) => locationId).values()]
    .flatMap((units) => {
      const [first] = units;
      if (first === undefined) return [];
      const assetIds = units.map(({ assetId }) => assetId).toSorted();
      return [{ locationId: first.locationId, locationCode: first.locationCode, assetIds }];
    })
    .sort((a, b) => compareLocationCodes(a.locationCode, b.locationCode));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
