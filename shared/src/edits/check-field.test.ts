import { describe, expect, it } from 'vitest';
import { checkField } from './check-field.ts';
import type { EditableTableName, FieldValue } from './editable-tables.ts';

const at = (hour: number) => `2026-06-02T${String(hour).padStart(2, '0')}:00:00.000000Z`;
const times = (...hours: number[]) => hours.map(at).join('/');

describe('what a field may hold', () => {
  it.each<[EditableTableName, string, FieldValue]>([
    ['events', 'name', 'Winterleuchten'],
    ['events', 'venue', ''],
    ['events', 'status', 'in_prep'],
    ['events', 'times', times(6, 16, 16, 23)],
    ['pull_lists', 'name', 'Light'],
    ['pull_list_lines', 'quantity', 1],
    ['pull_list_lines', 'note', ''],
    ['pull_list_lines', 'order_key', '1i'],
  ])('[FE1] %s.%s takes %s', (table, field, value) => {
    expect(checkField(table, field, value)).toEqual({ ok: true, value });
  });

  it.each<[EditableTableName, string, FieldValue, string]>([
    ['events', 'name', '  ', 'too_short'],
    ['events', 'name', 'x'.repeat(201), 'too_long'],
    ['events', 'name', null, 'wrong_type'],
    ['events', 'status', 'over', 'unknown_word'],
    ['events', 'times', times(6, 16, 15, 23), 'out_of_order'],
    ['events', 'times', times(6, 16, 23), 'wrong_type'],
    ['events', 'times', 'tomorrow', 'wrong_type'],
    ['events', 'tenant_id', 'x', 'unknown_field'],
    ['events', 'constructor', 'x', 'unknown_field'],
    ['pull_list_lines', 'quantity', 0, 'too_small'],
    ['pull_list_lines', 'quantity', 100_000, 'too_large'],
    ['pull_list_lines', 'quantity', 1.5, 'wrong_type'],
    ['pull_list_lines', 'quantity', '4', 'wrong_type'],
    ['pull_list_lines', 'product_id', 'x', 'wrong_type'],
    ['pull_list_lines', 'order_key', '10', 'wrong_type'],
  ])('[FE1] %s.%s does not take %s: %s', (table, field, value, problem) => {
    expect(checkField(table, field, value)).toEqual({ ok: false, error: { field, problem } });
  });
});
