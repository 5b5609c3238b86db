import { planBulkFacts } from '#bulk/plan-bulk-facts.ts';
import { planEditFacts } from '#edits/plan-edit-facts.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Result } from '#kernel/result.ts';
import { planLabelFacts } from '#labels/plan-label-facts.ts';
import { planLineFilling } from '#planning/plan-line-filling.ts';
import { type Subject, subjectColumnOf, subjectLedgers } from '#schema/subject-ledgers.ts';
import { planStocktakeFacts } from '#stocktake/plan-stocktake-facts.ts';
import type { ApproveStocktake } from '#stocktake/stocktake-intents.ts';
import { planTransportFacts } from '#transport/plan-transport-facts.ts';
import type { FactRow } from './counted-facts.ts';
import type { SubjectFact } from './effects-of-facts.ts';
import type { Operation, SubjectIntent } from './operation.ts';
import type { LedgerRow } from './subject-state.ts';
import type { DecisionContext, Reason, WorkingSet } from './working-set.ts';

/** One fact that an intent states about one subject, before it is stamped with who, where and when. */
export type PlannedSubjectFact = {
  readonly subject: Subject;
  /** The columns of the facts table that are its own. */
  readonly matter: Omit<LedgerRow, 'id'>;
  /** The fact holds as of this earlier instant; where it is absent, as of the operation's own. */
  readonly asOf?: Instant;
};

/** Of subjects alone; an approval speaks of assets too. */
export type SimpleOperation = Operation & { readonly intent: Exclude<SubjectIntent, ApproveStocktake> };

/** What an intent states about subjects; nothing of it where something in it is not known. */
export function planSubjectFacts(
  { id, intent }: SimpleOperation,
  workingSet: WorkingSet,
): Result<readonly PlannedSubjectFact[], Reason> {
  switch (intent.kind) {
    case 'move_bulk':
    case 'count_bulk':
      return planBulkFacts(intent, workingSet);
    case 'edit_fields':
    case 'create_row':
    case 'delete_row':
    case 'restore_row':
      return planEditFacts(intent, workingSet, id);
    case 'dispatch':
    case 'arrive':
    case 'confirm_truck_pack':
      return planTransportFacts(intent, workingSet);
    case 'assign_label':
    case 'retire_label':
      return planLabelFacts(intent, workingSet);
    case 'fill_line':
      return planLineFilling(intent, workingSet);
    default:
      return planStocktakeFacts(intent, id, workingSet);
  }
}

/** A planned fact as the row that stays: `<operation id>:<position>`. */
export function stampFact(
  operation: Operation,
  { effectiveAt, receivedAt }: DecisionContext,
  { subject, matter, asOf }: PlannedSubjectFact,
  index: number,
): SubjectFact {
  const column = subjectColumnOf(subject.ledger, subjectLedgers[subject.ledger].facts);
  const row: FactRow = {
    ...matter,
    id: `${operation.id}:${index}`,
    [column]: subject.id,
    operation_id: operation.id,
    kind: operation.intent.kind,
    effective_at: notAfter(effectiveAt, asOf),
    device_id: operation.deviceId,
    sequence: operation.sequence,
    recorded_by: operation.recordedBy,
    undoes_operation_id: operation.intent.kind === 'undo' ? operation.intent.operationId : null,
    received_at: receivedAt,
  };
  return { subject, row };
}

/** [ST10] When a fact that names an earlier instant happened: then, but never after its operation. */
export function notAfter(effectiveAt: Instant, asOf: Instant | undefined): Instant {
  return asOf !== undefined && asOf < effectiveAt ? asOf : effectiveAt;
}
