import { isUuid } from '#kernel/ids.ts';
import { isInstant } from '#kernel/instant.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import { type EditableTableName, type FieldRule, type FieldValue, ruleOf } from './editable-tables.ts';
import { isOrderKey } from './order-key.ts';

/** What is wrong with a value, and of which field: for words beside the field. */
export type FieldProblem = {
  readonly field: string;
  readonly problem:
    | 'unknown_field'
    | 'wrong_type'
    | 'too_short'
    | 'too_long'
    | 'too_small'
    | 'too_large'
    | 'unknown_word'
    | 'out_of_order';
};

/** [FE1] The value, if the field may hold it. */
export function checkField(
  table: EditableTableName,
  field: string,
  value: FieldValue,
): Result<FieldValue, FieldProblem> {
  const rule = ruleOf(table, field);
  const problem = rule === null ? 'unknown_field' : problemOf(rule, value);
  return problem === null ? ok(value) : err({ field, problem });
}

function problemOf(rule: FieldRule, value: FieldValue): FieldProblem['problem'] | null {
  if (rule.type === 'whole_number') {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) return 'wrong_type';
    return value < rule.least ? 'too_small' : value > rule.most ? 'too_large' : null;
  }
  if (typeof value !== 'string') return 'wrong_type';
  switch (rule.type) {
    case 'text':
      if (value.trim().length < rule.shortest) return 'too_short';
      return value.length > rule.longest ? 'too_long' : null;
    case 'word':
      return rule.words.includes(value) ? null : 'unknown_word';
    case 'order_key':
      return isOrderKey(value) ? null : 'wrong_type';
    case 'reference':
      return isUuid(value) ? null : 'wrong_type';
    case 'instants': {
      const parts = value.split('/');
      if (parts.length !== rule.columns.length || !parts.every(isInstant)) return 'wrong_type';
      return parts.every((part, index) => index === 0 || (parts[index - 1] ?? '') <= part)
        ? null
        : 'out_of_order';
    }
  }
}
