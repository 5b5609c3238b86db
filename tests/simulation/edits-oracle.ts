import type { EditIntent } from '@eventkit/shared/edits/edit-intents.ts';
import { editsOracle } from '@eventkit/shared/test/edits-oracle.ts';
import type { UploadTenant } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import { startOfLine } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import type { Told } from './ledger-oracle.ts';

type Facts = Parameters<typeof editsOracle>[0];
type Fact = Facts[number];

/** What the fields of all edited rows must come to, and which conflicts there are, from what was told. */
export function expectEdits(tenant: UploadTenant, told: readonly Told[]) {
  const toldById = new Map(told.map((one) => [one.operation.id, one]));
  const facts = told.flatMap((one): Fact[] => {
    const { intent, deviceId } = one.operation;
    if (intent.kind !== 'undo') return isEdit(intent) ? factsOf(one, intent) : [];
    const undone = toldById.get(intent.operationId)?.operation;
    if (undone?.deviceId !== deviceId || !isEdit(undone.intent)) return [];
    return [{ ...factOf(one, undone.intent.rowId, 0), undoes_operation_id: undone.id }];
  });
  return editsOracle(facts, (rowId) => (tenant.lineIds.includes(rowId) ? startOfLine : null));
}

function factsOf(told: Told, intent: EditIntent): Fact[] {
  switch (intent.kind) {
    case 'edit_fields':
      return intent.edits.map(({ field, saw, value }, index) => ({
        ...factOf(told, intent.rowId, index),
        field,
        saw: JSON.stringify(saw),
        value: JSON.stringify(value),
      }));
    case 'create_row':
      return [{ ...factOf(told, intent.rowId, 0), value: JSON.stringify(named(intent.values)) }];
    case 'delete_row':
      return [{ ...factOf(told, intent.rowId, 0), saw: JSON.stringify(named(intent.saw)) }];
    case 'restore_row':
      return [factOf(told, intent.rowId, 0)];
  }
}

function factOf({ operation, effectiveAt }: Told, rowId: string, index: number): Fact {
  return {
    id: `${operation.id}:${index}`,
    row_id: rowId,
    operation_id: operation.id,
    kind: operation.intent.kind,
    effective_at: effectiveAt,
    device_id: operation.deviceId,
    sequence: operation.sequence,
    recorded_by: operation.recordedBy,
    undoes_operation_id: null,
    received_at: null,
    table_name: null,
    field: null,
    saw: null,
    value: null,
  };
}

function named(values: readonly { readonly field: string; readonly value: unknown }[]) {
  return Object.fromEntries(values.map(({ field, value }) => [field, value]));
}

function isEdit(intent: Told['operation']['intent']): intent is EditIntent {
  return 'rowId' in intent;
}
