import type { AssetId, ProductId } from '@eventkit/shared/kernel/ids.ts';
import { useMemo, useState } from 'react';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import {
  blankLabels,
  LABEL_OF_ASSET,
  LABELS_OF_CHOSEN,
  LABELS_OF_PRODUCT,
  type LabelToPrint,
} from './labels-to-print.ts';

/** The labels that can be printed, and those of them that are chosen: all, until one is left out. */
export function useLabelsToPrint(
  {
    assetId,
    productId,
    chosenIds,
  }: {
    readonly assetId: AssetId | null;
    readonly productId: ProductId | null;
    /** Null where the labels are not of what was chosen in a list. */
    readonly chosenIds: readonly AssetId[] | null;
  },
  blank: { readonly prefix: string; readonly count: number },
) {
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const [drawing, setDrawing] = useState(0);
  const isBlank = assetId === null && productId === null && chosenIds === null;
  const query =
    chosenIds !== null ? LABELS_OF_CHOSEN : productId === null ? LABEL_OF_ASSET : LABELS_OF_PRODUCT;
  const known = useLiveQuery<LabelToPrint>(query, [
    chosenIds === null ? (productId ?? assetId ?? '') : JSON.stringify(chosenIds),
  ]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another drawing gives other codes.
  const blanks = useMemo(
    () => blankLabels(blank.prefix, blank.count, (bytes) => crypto.getRandomValues(bytes)),
    [blank.prefix, blank.count, drawing],
  );
  const all = isBlank ? blanks : known.rows;
  return {
    all,
    chosen: all.filter(({ code }) => !leftOut.has(code)),
    isReady: isBlank || known.status === 'ready',
    toggle: (code: string) => setLeftOut((before) => toggled(before, code)),
    chooseAll: (isChosen: boolean) => setLeftOut(new Set(isChosen ? [] : all.map(({ code }) => code))),
    /** What was printed is on paper: the next ones have other codes. */
    drawAnew: () => setDrawing((before) => before + 1),
  };
}

function toggled(codes: ReadonlySet<string>, code: string): ReadonlySet<string> {
  const next = new Set(codes);
  if (!next.delete(code)) next.add(code);
  return next;
}
