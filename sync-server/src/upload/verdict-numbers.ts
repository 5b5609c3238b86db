import { Verdict } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import type { OperationOutcome } from './store-batch.ts';

/** Verdicts as they stand on the wire. */
export const verdictNumbers = {
  applied: Verdict.APPLIED,
  superseded: Verdict.SUPERSEDED,
  conflicted: Verdict.CONFLICTED,
  refused: Verdict.REFUSED,
  kept_unread: Verdict.KEPT_UNREAD,
} as const satisfies Record<OperationOutcome['verdict'], Verdict>;
