import type { SubjectFold } from '#operations/fold-subject.ts';
import type { RowOf } from '#schema/row-types.ts';
import { fillingOfId } from './plan-line-filling.ts';

/** [PL10] What an asset at an event stands in for: what was said last; no row where that is nothing. */
export function foldLineFilling(id: string, facts: readonly RowOf<'line_filling_facts'>[]): SubjectFold {
  const lineId = facts.at(-1)?.line_id ?? null;
  const { eventId, assetId } = fillingOfId(id);
  const row = { id, event_id: eventId, asset_id: assetId, line_id: lineId };
  return { rows: [{ table: 'line_fillings', row, isDeleted: lineId === null }], conflicts: [] };
}
