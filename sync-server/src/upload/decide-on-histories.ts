import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { Span } from './asset-standings.ts';
import type { BatchTransaction, LoadedHistories } from './batch-store.ts';
import { decideBatch, effectiveAtOf, type Receipt } from './decide-batch.ts';
import type { DecidedOperation, FreshOperation } from './decided-operation.ts';

/**
 * Decides new operations on the parts of long histories around what happened, and where one reaches beyond its part, on
 * whole histories.
 */
export async function decideOnHistories(
  tx: Pick<BatchTransaction, 'loadWorkingSet'>,
  receipt: Receipt,
  fresh: readonly FreshOperation[],
): Promise<{ readonly loaded: LoadedHistories; readonly decided: readonly DecidedOperation[] }> {
  const operations = fresh.map(({ operation }) => operation);
  for (const span of [spanOf(fresh, receipt.receivedAt), null]) {
    const loaded = await tx.loadWorkingSet(operations, span);
    const decided = decideBatch(loaded.workingSet, receipt, fresh);
    if (decided !== null) return { loaded, decided };
  }
  throw new Error('a whole history was cut short');
}

function spanOf(fresh: readonly FreshOperation[], receivedAt: Instant): Span | null {
  const instants = fresh.map(({ operation }) => effectiveAtOf(operation, receivedAt)).sort();
  const [earliest] = instants;
  const latest = instants.at(-1);
  return earliest === undefined || latest === undefined ? null : { earliest, latest };
}
