import type { ProductId, PullListLineId } from '#kernel/ids.ts';
import type { LineTally, ScanSubject, Surplus } from './scan-judgement.ts';

export type Filling = {
  /** The first line that is filled by it; null where none is. */
  readonly lineId: PullListLineId | null;
  readonly surplus: readonly Surplus[];
};

/**
 * [SC8] [SC9] Puts a thing and its contents on the lines that ask for them. A case that no line names is only
 * packaging: it is never surplus itself.
 */
export function fillLines(lines: readonly LineTally[], subject: ScanSubject): Filling {
  const { productId, isCase } = subject.asset;
  const isPackaging = isCase && !lines.some((line) => line.productId === productId);
  const products = isPackaging ? subject.contentProductIds : [productId, ...subject.contentProductIds];
  const freeByLineId = new Map(lines.map((line) => [line.lineId, line.wantedCount - line.outCount]));
  const filled: PullListLineId[] = [];
  const surplus: Surplus[] = [];
  for (const product of products) {
    const lineId = takeFreeLine(lines, freeByLineId, product);
    if (lineId !== null) filled.push(lineId);
    else surplus.push({ productId: product, why: whySurplus(lines, product) });
  }
  return { lineId: filled[0] ?? null, surplus };
}

function takeFreeLine(
  lines: readonly LineTally[],
  freeByLineId: Map<PullListLineId, number>,
  productId: ProductId,
): PullListLineId | null {
  const line = lines.find((one) => one.productId === productId && (freeByLineId.get(one.lineId) ?? 0) > 0);
  if (line === undefined) return null;
  freeByLineId.set(line.lineId, (freeByLineId.get(line.lineId) ?? 0) - 1);
  return line.lineId;
}

function whySurplus(lines: readonly LineTally[], productId: ProductId): Surplus['why'] {
  return lines.some((line) => line.productId === productId) ? 'line_full' : 'not_on_list';
}
