import { addChecksums } from './operation-log.ts';

/** One operation's number and checksum; or those of a run of them, under the number of the last. */
export type SumEntry = { readonly opId: number; readonly checksum: number; readonly isRun: boolean };

/**
 * Entries as few as they can be, while everybody who stands at a `kept` operation or at the end of a line is still told
 * the sum of what follows: what lies between becomes runs.
 */
export function thinEntries(
  entries: readonly SumEntry[],
  { isKept, isLineEnd }: { isKept(opId: number): boolean; isLineEnd(opId: number): boolean },
): SumEntry[] {
  const thin: SumEntry[] = [];
  let isOpen = false;
  for (const entry of entries) {
    const last = thin.at(-1);
    if (!isOpen || last === undefined || isKept(entry.opId)) thin.push(entry);
    else
      thin[thin.length - 1] = {
        opId: entry.opId,
        checksum: addChecksums(last.checksum, entry.checksum),
        isRun: true,
      };
    isOpen = !isKept(entry.opId) && !isLineEnd(entry.opId);
  }
  return thin;
}
