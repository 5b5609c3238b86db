import { permissionsToEdit } from '@eventkit/shared/edits/edit-permissions.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { applyEffects } from '@eventkit/shared/operations/apply-effects.ts';
import { decideOperation } from '@eventkit/shared/operations/decide-operation.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { refuse } from '@eventkit/shared/operations/ruling.ts';
import type { Decision, WorkingSet } from '@eventkit/shared/operations/working-set.ts';
import { rightsNeeded } from '@eventkit/shared/permissions/rights-needed.ts';
import type { Permission } from '@eventkit/shared/permissions/roles.ts';
import { OperationFailure } from './classify-failure.ts';
import type { DecidedOperation, FreshOperation } from './decided-operation.ts';
import type { Sharing } from './enrolments-store.ts';
import { isPersonProven } from './is-person-proven.ts';
import type { People } from './people-store.ts';

/** What holds for the whole batch. */
export type Receipt = {
  readonly receivedAt: Instant;
  /** Whose operations they are, and what these people may do today. */
  readonly people: People;
  /** How the device is shared that they come from. */
  readonly sharing: Sharing;
};

/**
 * Decides new operations one after the other on the rows at hand, each on what the ones before it made of them.
 * Throws OperationFailure, which names the operation, where one cannot be decided. Null where one reaches beyond the part
 * of a history that is at hand: then none of it counts, and the whole has to be loaded.
 */
export function decideBatch(
  workingSet: WorkingSet,
  { receivedAt, people, sharing }: Receipt,
  fresh: readonly FreshOperation[],
): readonly DecidedOperation[] | null {
  const decided: DecidedOperation[] = [];
  for (const received of fresh) {
    const { operation } = received;
    const effectiveAt = effectiveAtOf(operation, receivedAt);
    const asMeant = decide(operation, workingSet, { effectiveAt, receivedAt });
    if (asMeant.effects.cutShortIds.length > 0) return null;
    const held = people.permissionsByUserId.get(operation.recordedBy) ?? new Set<Permission>();
    const isProven = isPersonProven(received, { senderId: people.senderId, sharing });
    const decision = asProven(asAllowed(operation, asMeant, { held, workingSet }), isProven);
    applyEffects(workingSet, decision.effects);
    decided.push({ ...received, effectiveAt, receivedAt, decision });
  }
  return decided;
}

/** Nothing happens in the future. */
export function effectiveAtOf({ recordedAt }: Operation, receivedAt: Instant): Instant {
  return recordedAt < receivedAt ? recordedAt : receivedAt;
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

/**
 * What was scanned has happened, with or without the right to it: it stands, and says so. An edit or another decision is
 * no fact of that kind: without the right it has no effect.
 */
function asAllowed(
  operation: Operation,
  decision: Decision,
  { held, workingSet }: { readonly held: ReadonlySet<Permission>; readonly workingSet: WorkingSet },
): Decision {
  if (decision.verdict === 'refused') return decision;
  const toEdit = permissionsToEdit(decision.effects, workingSet);
  const lacking = rightsNeeded(operation, decision.effects, workingSet).filter(
    ({ permission }) => !held.has(permission),
  );
  const isBarred =
    toEdit.some((permission) => !held.has(permission)) ||
    lacking.some(({ without }) => without === 'refused');
  if (isBarred) return refuse('no_permission');
  return lacking.length === 0 ? decision : { ...decision, reason: 'no_permission' };
}

/** [UP23] Nothing is lost for want of a proof of who did it; it says so, unless something weightier is to be said. */
function asProven(decision: Decision, isProven: boolean): Decision {
  return isProven || decision.reason !== null ? decision : { ...decision, reason: 'person_unproven' };
}
