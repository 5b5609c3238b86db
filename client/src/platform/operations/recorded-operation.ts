import type { Operation } from '@eventkit/shared/operations/operation.ts';
import type { Decision } from '@eventkit/shared/operations/working-set.ts';

/** What was recorded, and the device's guess of what becomes of it; the server has the last word. */
export type RecordedOperation = {
  readonly operation: Operation;
  readonly decision: Decision;
};

/** Nothing was recorded. `problem` is for the log, in the words of the machine. */
export type RecordError =
  | { readonly tag: 'storage_full'; readonly problem: string }
  | { readonly tag: 'storage_failed'; readonly problem: string };

export type UndoError = RecordError | { readonly tag: 'nothing_to_undo' };
