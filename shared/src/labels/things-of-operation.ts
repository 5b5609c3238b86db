import type { AssetId } from '#kernel/ids.ts';
import type { WorkingSet } from '#operations/working-set.ts';
import { type Reading, whatWasRead } from './what-was-read.ts';

/**
 * [OP4] [OP5] The assets of one operation, in the order of its readings: all, or none where one of them is not known.
 * What was read twice by two of its labels is counted at the first.
 */
export function thingsOfOperation(
  readings: readonly Reading[],
  workingSet: WorkingSet,
): readonly (AssetId | null)[] {
  const things = readings.map((reading) => whatWasRead(reading, workingSet).assetId);
  if (things.includes(null)) return things.map(() => null);
  return things.map((id, index) => (things.indexOf(id) === index ? id : null));
}
