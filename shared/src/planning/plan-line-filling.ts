import type { AssetId, EventId } from '#kernel/ids.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import type { FillLine } from '#operations/operation.ts';
import type { PlannedSubjectFact } from '#operations/plan-subject-facts.ts';
import { rowsOf } from '#operations/subject-state.ts';
import type { Reason, WorkingSet } from '#operations/working-set.ts';
import { subjectKey } from '#schema/subject-ledgers.ts';

/** An asset at an event, as the subject of the ledger. */
export function fillingIdOf({ eventId, assetId }: { eventId: EventId; assetId: AssetId }): string {
  return `${eventId}:${assetId}`;
}

/** The asset and the event of a subject. */
export function fillingOfId(id: string): { readonly eventId: EventId; readonly assetId: AssetId } {
  const [eventId = '', assetId = ''] = id.split(':');
  return { eventId: eventId as EventId, assetId: assetId as AssetId };
}

/** [PL9] One fact: what the asset stands in for. Nothing where this company lacks what it speaks of. */
export function planLineFilling(
  intent: FillLine,
  workingSet: WorkingSet,
): Result<readonly PlannedSubjectFact[], Reason> {
  const { assetId, eventId, lineId } = intent;
  if (!workingSet.knownEventIds.has(eventId)) return err('unknown_event');
  if (!workingSet.assetsById.has(assetId)) return err('unknown_asset');
  if (lineId !== null && !isLine(lineId, workingSet)) return err('unknown_row');
  return ok([{ subject: { ledger: 'fillings', id: fillingIdOf(intent) }, matter: { line_id: lineId } }]);
}

/** A line that was deleted meanwhile is one still: what happened at the dock has happened. */
function isLine(id: string, { subjectsByKey }: WorkingSet): boolean {
  const state = subjectsByKey.get(subjectKey({ ledger: 'edits', id }));
  if (state === undefined) return false;
  const facts = rowsOf(state, 'field_edits');
  return (
    rowsOf(state, 'pull_list_lines').length > 0 ||
    facts.some(({ table_name }) => table_name === 'pull_list_lines')
  );
}
