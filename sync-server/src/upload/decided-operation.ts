import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import type { Decision } from '@eventkit/shared/operations/working-set.ts';

/** An operation that the server has not had before, with its bytes as they came. */
export type FreshOperation = { readonly operation: Operation; readonly envelope: Uint8Array };

export type DecidedOperation = FreshOperation & {
  readonly decision: Decision;
  /** When it happened as the ledger counts it: `recordedAt`, but never later than its first receipt. */
  readonly effectiveAt: Instant;
  readonly receivedAt: Instant;
};
