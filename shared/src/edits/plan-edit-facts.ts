import type { OperationId, ProductId } from '#kernel/ids.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import type { PlannedSubjectFact } from '#operations/plan-subject-facts.ts';
import { rowsOf, type SubjectState } from '#operations/subject-state.ts';
import type { Reason, WorkingSet } from '#operations/working-set.ts';
import { type Subject, subjectKey } from '#schema/subject-ledgers.ts';
import { checkField } from './check-field.ts';
import { jsonOf } from './edit-fact.ts';
import type { CreateRow, DeleteRow, EditFields, EditIntent } from './edit-intents.ts';
import { changeableFields, type EditableTable, editableTables, type FieldValue } from './editable-tables.ts';
import { columnsOfValue } from './row-fields.ts';

type Planned = Result<readonly PlannedSubjectFact[], Reason>;
type Matter = { readonly field: string | null; readonly saw: string | null; readonly value: string | null };

/** [FE1] [FE13] The facts that an edit states, or why it states none. */
export function planEditFacts(intent: EditIntent, workingSet: WorkingSet, operationId: OperationId): Planned {
  const state = workingSet.subjectsByKey.get(subjectKey(subjectOf(intent)));
  if (intent.kind === 'create_row') return planCreation(intent, workingSet, state, operationId);
  if (state === undefined || !isKnown(intent, state)) return err('unknown_row');
  switch (intent.kind) {
    case 'edit_fields':
      return planEdits(intent);
    case 'delete_row':
      return planDeletion(intent);
    case 'restore_row':
      if (!isMadeByDevices(intent)) return err('invalid_value');
      return ok([factOf(intent, { field: null, saw: null, value: null })]);
  }
}

/** The row as a subject of the ledger of edits. */
export function subjectOf({ rowId }: Pick<EditIntent, 'rowId'>): Subject {
  return { ledger: 'edits', id: rowId };
}

function planEdits(intent: EditFields): Planned {
  const changeable = changeableFields(intent.table);
  const fields = intent.edits.map(({ field }) => field);
  if (new Set(fields).size !== fields.length) return err('invalid_value');
  const isRight = intent.edits.every(
    ({ field, value }) => changeable.includes(field) && checkField(intent.table, field, value).ok,
  );
  if (!isRight) return err('invalid_value');
  return ok(
    intent.edits.map(({ field, saw, value }) =>
      factOf(intent, { field, saw: jsonOf(saw), value: jsonOf(value) }),
    ),
  );
}

function planDeletion(intent: DeleteRow): Planned {
  const changeable = changeableFields(intent.table);
  const isRight = isMadeByDevices(intent) && intent.saw.every(({ field }) => changeable.includes(field));
  if (!isRight) return err('invalid_value');
  const saw = Object.fromEntries(intent.saw.map(({ field, value }) => [field, value]));
  return ok([factOf(intent, { field: null, saw: jsonOf(saw), value: null })]);
}

/** [FE13] Every field has to be there and right, and what it refers to must be this company's. */
function planCreation(
  intent: CreateRow,
  workingSet: WorkingSet,
  state: SubjectState | undefined,
  operationId: OperationId,
): Planned {
  const { fields }: EditableTable = editableTables[intent.table];
  const values = new Map(intent.values.map(({ field, value }) => [field, value]));
  const isWhole = values.size === intent.values.length && values.size === Object.keys(fields).length;
  if (!isMadeByDevices(intent) || !isWhole) return err('invalid_value');
  if (intent.values.some(({ field, value }) => !checkField(intent.table, field, value).ok)) {
    return err('invalid_value');
  }
  if (state !== undefined && isTaken(intent, state, operationId)) return err('already_there');
  const derived = columnsOfReferences(values, workingSet);
  if (!derived.ok) return derived;
  const columns = Object.assign(
    {},
    ...[...values].map(([field, value]) => columnsOfValue(intent.table, field, value)),
    derived.value,
  ) as Record<string, FieldValue>;
  return ok([factOf(intent, { field: null, saw: null, value: jsonOf(columns) })]);
}

/** A line is of the event that its pull list is of: nobody has to say so, and nobody can say otherwise. */
function columnsOfReferences(
  values: ReadonlyMap<string, FieldValue>,
  { knownProductIds, subjectsByKey }: WorkingSet,
): Result<Readonly<Record<string, FieldValue>>, Reason> {
  const productId = values.get('product_id');
  if (productId !== undefined && !knownProductIds.has(productId as ProductId)) return err('unknown_product');
  const pullListId = values.get('pull_list_id');
  if (pullListId === undefined) return ok({});
  const state = subjectsByKey.get(subjectKey({ ledger: 'edits', id: String(pullListId) }));
  const list = state === undefined ? undefined : rowsOf(state, 'pull_lists')[0];
  return list === undefined ? err('unknown_row') : ok({ event_id: list.event_id });
}

/** Another row has the id; an operation that is decided again finds its own. */
function isTaken(intent: CreateRow, state: SubjectState, operationId: OperationId): boolean {
  const facts = rowsOf(state, 'field_edits');
  if (facts.length === 0) return rowsOf(state, intent.table).length > 0;
  return !facts.some((fact) => fact.kind === 'create_row' && fact.operation_id === operationId);
}

function isKnown({ table }: EditIntent, state: SubjectState): boolean {
  const facts = rowsOf(state, 'field_edits');
  const named = facts.find(({ table_name }) => table_name !== null)?.table_name;
  return named === undefined ? rowsOf(state, table).length > 0 : named === table;
}

function isMadeByDevices({ table }: EditIntent): boolean {
  return editableTables[table].isMadeByDevices;
}

function factOf(intent: EditIntent, matter: Matter): PlannedSubjectFact {
  return { subject: subjectOf(intent), matter: { table_name: intent.table, ...matter } };
}
