import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { applyEffects } from '@eventkit/shared/operations/apply-effects.ts';
import { decideOperation } from '@eventkit/shared/operations/decide-operation.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import type { Decision, WorkingSet } from '@eventkit/shared/operations/working-set.ts';
import { OperationFailure } from './classify-failure.ts';
import type { DecidedOperation, FreshOperation } from './decided-operation.ts';

/** What holds for the whole batch. */
export type Receipt = {
  readonly receivedAt: Instant;
  /** People whose right to scan stands today. */
  readonly scannerIds: ReadonlySet<string>;
};

/**
 * Decides new operations one after the other on the rows at hand, each on what the ones before it made of them.
 * Throws OperationFailure, which names the operation, where one cannot be decided.
 */
export function decideBatch(
  workingSet: WorkingSet,
  { receivedAt, scannerIds }: Receipt,
  fresh: readonly FreshOperation[],
): readonly DecidedOperation[] {
  return fresh.map((received) => {
    const { operation } = received;
    const effectiveAt = operation.recordedAt < receivedAt ? operation.recordedAt : receivedAt;
    const decision = decide(operation, workingSet, { effectiveAt, receivedAt });
    applyEffects(workingSet, decision.effects);
    const isAllowed = scannerIds.has(operation.recordedBy);
    return { ...received, effectiveAt, receivedAt, decision: isAllowed ? decision : marked(decision) };
  });
}

function decide(
  operation: Operation,
  workingSet: WorkingSet,
  context: { effectiveAt: Instant; receivedAt: Instant },
): Decision {
  try {
    return decideOperation(operation, workingSet, context);
  } catch (cause) {
    throw new OperationFailure(operation.id, cause);
  }
}

/** What was scanned has happened, with or without the right to it: it stands, and says so. */
function marked(decision: Decision): Decision {
  return decision.verdict === 'refused' ? decision : { ...decision, reason: 'no_permission' };
}
