import type { StocktakeId } from '@eventkit/shared/kernel/ids.ts';
import { nowForDisplay } from '#i18n/format.ts';
import { useLiveRead } from '#platform/scanner/use-live-read.ts';
import { readVariances } from './read-variances.ts';

const TABLES = [
  'assets',
  'bulk_stock',
  'count_lines',
  'count_facts',
  'labels',
  'label_facts',
  'stocktakes',
  'stocktake_facts',
].flatMap((name) => [name, `${name}_overlay`]);

/** It looks at everything in scope: after a burst of counts, not during each. */
const LOOK_EVERY_MS = 800;

/** A stocktake against the books, following what is counted and moved; `isGone` once this device knows of none. */
export function useStocktake(stocktakeId: StocktakeId) {
  const { value, hasFailed } = useLiveRead(
    stocktakeId,
    TABLES,
    async (replica) => ({
      reading: await readVariances(replica, stocktakeId, nowForDisplay()),
    }),
    LOOK_EVERY_MS,
  );
  return { reading: value?.reading ?? null, isGone: value?.reading === null, hasFailed };
}
