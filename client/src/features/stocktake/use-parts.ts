import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import type { Intent } from '@eventkit/shared/operations/operation.ts';
import { useState } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';
import type { Platform } from '#platform/platform.ts';

export type Progress = { readonly done: number; readonly of: number };

/**
 * [ST16] One operation after the other, until one fails: what is recorded by then stands, and what is not comes up again
 * in the next reading of the stocktake. True where all are recorded.
 */
export async function recordParts(
  recordOperation: Platform['recordOperation'],
  intents: readonly Intent[],
  onProgress: (progress: Progress) => void,
): Promise<boolean> {
  for (const [done, intent] of intents.entries()) {
    onProgress({ done, of: intents.length });
    const recorded = await recordOperation(intent);
    if (!recorded.ok) return false;
  }
  return true;
}

/** Takes these operations back; the last one first, as they were done. */
export function undosOf(operationIds: readonly OperationId[]): Intent[] {
  return operationIds.map((operationId) => ({ kind: 'undo', operationId }));
}

/** Records what takes several operations, one batch at a time; `progress` is null while nothing is under way. */
export function useParts() {
  const { recordOperation } = usePlatform();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const record = async (intents: readonly Intent[]) => {
    if (progress !== null) return;
    const isAll = await recordParts(recordOperation, intents, setProgress);
    setProgress(null);
    setFailed(!isAll);
  };
  return { progress, hasFailed, record: (intents: readonly Intent[]) => void record(intents) };
}
