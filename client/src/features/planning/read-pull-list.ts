import type { EventId, ProductId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { compareLocationCodes } from '@eventkit/shared/planning/compare-location-codes.ts';
import { type LineProgress, pullListProgress } from '@eventkit/shared/planning/pull-list-progress.ts';
import type { LineRow, OutPiecesRow, OutRow, WhereaboutsRow } from './pull-list-queries.ts';

/** Some units of a product in one place. */
export type LyingUnits =
  | {
      readonly kind: 'here';
      readonly locationCode: string;
      readonly caseCode: string | null;
      readonly units: number;
    }
  | { readonly kind: 'away'; readonly eventName: string; readonly backAt: Instant; readonly units: number };

export type PullListLine = Omit<LineProgress, 'lying' | 'shortCount' | 'standInCount'> & {
  readonly productName: string;
  readonly category: string;
  readonly note: string;
  /** The codes of what stands in for what it asks for. */
  readonly standIns: readonly string[];
  /** Where to look for what is missing: stock in walking order, then what is away by its return. */
  readonly lying: readonly LyingUnits[];
  /** Missing units that stock covers, that only events cover, and that nothing on this device covers. */
  readonly hereCount: number;
  readonly awayCount: number;
  readonly nowhereCount: number;
};

export type UnlistedProduct = {
  readonly productId: ProductId;
  readonly productName: string;
  /** Of pieces with codes; empty for loose ones. */
  readonly codes: readonly string[];
  readonly count: number;
};

export type PullList = {
  readonly lines: readonly PullListLine[];
  readonly wantedCount: number;
  readonly scannedCount: number;
  readonly missingCount: number;
  readonly hereCount: number;
  readonly awayCount: number;
  readonly surplusCount: number;
  readonly unlisted: readonly UnlistedProduct[];
};

/** "47 of 52, missing: here", with where the rest lies. Units on the event itself are never where to look. */
export function readPullList(
  eventId: EventId,
  lineRows: readonly LineRow[],
  outRows: readonly OutRow[],
  pieceRows: readonly OutPiecesRow[],
  whereabouts: readonly WhereaboutsRow[],
): PullList {
  const out = outRows.map((row) => ({ ...row, isCase: row.isCase === 1 }));
  const progress = pullListProgress(lineRows, out, [], pieceRows);
  const rowById = new Map(lineRows.map((row) => [row.id, row]));
  const lyingByProduct = groupLying(eventId, whereabouts);
  const takenByProduct = new Map<ProductId, { here: number; away: number }>();
  const lines = progress.lines.map((line): PullListLine => {
    const row = rowById.get(line.lineId);
    const lying = line.missingCount === 0 ? [] : (lyingByProduct.get(line.productId) ?? []);
    const taken = takenByProduct.get(line.productId) ?? { here: 0, away: 0 };
    const hereCount = Math.min(line.missingCount, unitsOf(lying, 'here') - taken.here);
    const awayCount = Math.min(line.missingCount - hereCount, unitsOf(lying, 'away') - taken.away);
    takenByProduct.set(line.productId, { here: taken.here + hereCount, away: taken.away + awayCount });
    return {
      lineId: line.lineId,
      productId: line.productId,
      wantedCount: line.wantedCount,
      scannedCount: line.scannedCount,
      surplusCount: line.surplusCount,
      missingCount: line.missingCount,
      productName: row?.productName ?? '',
      category: row?.category ?? '',
      note: row?.note ?? '',
      standIns: outRows.filter(({ fillsLineId }) => fillsLineId === line.lineId).map(({ code }) => code),
      lying,
      hereCount,
      awayCount,
      nowhereCount: line.missingCount - hereCount - awayCount,
    };
  });
  const total = (count: (line: PullListLine) => number) => lines.reduce((sum, line) => sum + count(line), 0);
  return {
    lines,
    wantedCount: progress.wantedCount,
    scannedCount: progress.scannedCount,
    missingCount: progress.wantedCount - progress.scannedCount,
    hereCount: total((line) => line.hereCount),
    awayCount: total((line) => line.awayCount),
    surplusCount: total((line) => line.surplusCount),
    unlisted: [
      ...groupUnlisted(progress.unlisted, outRows),
      ...progress.unlistedPieces.map(({ productId, quantity }) => ({
        productId,
        productName: pieceRows.find((row) => row.productId === productId)?.productName ?? '',
        codes: [],
        count: quantity,
      })),
    ],
  };
}

/** The missing lines in the order in which a person walks to them; what no stock covers comes last. */
export function inWalkingOrder(lines: readonly PullListLine[]): PullListLine[] {
  return lines
    .filter((line) => line.missingCount > 0)
    .toSorted((a, b) => {
      const [left, right] = [a.lying[0], b.lying[0]];
      if (left?.kind === 'here' && right?.kind === 'here') {
        return compareLocationCodes(left.locationCode, right.locationCode);
      }
      return rankOf(left) - rankOf(right);
    });
}

function rankOf(lying: LyingUnits | undefined): number {
  if (lying === undefined) return 2;
  return lying.kind === 'here' ? 0 : 1;
}

function unitsOf(lying: readonly LyingUnits[], kind: LyingUnits['kind']): number {
  return lying.filter((one) => one.kind === kind).reduce((sum, one) => sum + one.units, 0);
}

function groupLying(
  eventId: EventId,
  rows: readonly WhereaboutsRow[],
): ReadonlyMap<ProductId, readonly LyingUnits[]> {
  const byProduct = new Map<ProductId, LyingUnits[]>();
  for (const row of rows) {
    const lying = lyingOf(eventId, row);
    if (lying === null) continue;
    const known = byProduct.get(row.productId);
    if (known === undefined) byProduct.set(row.productId, [lying]);
    else known.push(lying);
  }
  for (const lying of byProduct.values()) lying.sort(compareLying);
  return byProduct;
}

function lyingOf(eventId: EventId, row: WhereaboutsRow): LyingUnits | null {
  const { locationCode, caseCode, eventName, returnAt, units } = row;
  if (locationCode !== null) return { kind: 'here', locationCode, caseCode, units };
  if (eventName === null || returnAt === null || row.eventId === eventId) return null;
  return { kind: 'away', eventName, backAt: returnAt, units };
}

function compareLying(a: LyingUnits, b: LyingUnits): number {
  if (a.kind === 'here' && b.kind === 'here') {
    return (
      compareLocationCodes(a.locationCode, b.locationCode) ||
      (a.caseCode ?? '').localeCompare(b.caseCode ?? '')
    );
  }
  if (a.kind === 'away' && b.kind === 'away') return a.backAt < b.backAt ? -1 : a.backAt > b.backAt ? 1 : 0;
  return a.kind === 'here' ? -1 : 1;
}

function groupUnlisted(
  unlisted: readonly { readonly assetId: string; readonly productId: ProductId }[],
  outRows: readonly OutRow[],
): UnlistedProduct[] {
  const rowById = new Map<string, OutRow>(outRows.map((row) => [row.assetId, row]));
  return [...Map.groupBy(unlisted, (unit) => unit.productId)].map(([productId, units]) => ({
    productId,
    productName: rowById.get(units[0]?.assetId ?? '')?.productName ?? '',
    codes: units.flatMap((unit) => rowById.get(unit.assetId)?.code ?? []).toSorted(compareLocationCodes),
    count: units.length,
  }));
}
