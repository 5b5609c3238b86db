import { isUuid, type ProductId } from '#kernel/ids.ts';
import { type ReadRequest, readNothing } from '#operations/working-set.ts';
import type { CreateRow, EditIntent } from './edit-intents.ts';
import { ruleOf } from './editable-tables.ts';
import { subjectOf } from './plan-edit-facts.ts';

/** [OP1] The row itself and, where it is new, the rows that it refers to. */
export function readsOfEdit(intent: EditIntent): ReadRequest {
  const subjects = [subjectOf(intent)];
  if (intent.kind !== 'create_row') return { ...readNothing, subjects };
  const lists = referredRows(intent, 'pull_lists').map((id) => ({ ledger: 'edits' as const, id }));
  return {
    ...readNothing,
    productIds: referredRows(intent, 'products') as ProductId[],
    subjects: [...subjects, ...lists],
  };
}

function referredRows({ table, values }: CreateRow, to: 'products' | 'pull_lists'): string[] {
  return values.flatMap(({ field, value }) => {
    const rule = ruleOf(table, field);
    const isReferred = rule?.type === 'reference' && rule.to === to;
    return isReferred && typeof value === 'string' && isUuid(value) ? [value] : [];
  });
}
