import type { RowOf } from '#schema/row-types.ts';
import type { FieldValue } from './editable-tables.ts';

export type EditFact = RowOf<'field_edits'>;

/** What a fact says a field was, or became, as the ledger stores it. */
export function jsonOf(value: FieldValue | Readonly<Record<string, FieldValue>>): string {
  return JSON.stringify(value);
}

export function fieldOfJson(json: string | null): FieldValue {
  return json === null ? null : (JSON.parse(json) as FieldValue);
}

/** Several fields at once: a row as it was made, or as it was seen by who deleted it. */
export function fieldsOfJson(json: string | null): Readonly<Record<string, FieldValue>> {
  return json === null ? {} : (JSON.parse(json) as Record<string, FieldValue>);
}

/** [SL1] Text whose order is the order of facts. */
export function orderTextOf({ effective_at, device_id, sequence, id }: EditFact): string {
  return `${effective_at} ${device_id} ${String(sequence).padStart(16, '0')} ${id}`;
}
