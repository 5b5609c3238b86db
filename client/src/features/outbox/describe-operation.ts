import type { Reason } from '@eventkit/shared/operations/working-set.ts';
import type { StocktakeIntent } from '@eventkit/shared/stocktake/stocktake-intents.ts';
import type { OwnOperationRow } from './own-operations-queries.ts';

/** What is said of an operation: on its way, or the server's verdict. */
export type ShownState =
  | 'waiting'
  | 'answered'
  | 'kept_unread'
  | 'not_taken'
  | 'applied'
  | 'superseded'
  | 'conflicted'
  | 'refused';

export function shownState(row: Pick<OwnOperationRow, 'state' | 'verdict'>): ShownState {
  return row.state === 'settled' ? (row.verdict ?? 'answered') : row.state;
}

/** Why it came to that, as the key of a sentence; null where nothing needs to be said. */
export type ShownReason = Reason | 'stands_without_right';

/** [UP15] What was scanned without the right to it is no refusal: it says so, and stands. */
export function shownReason(row: Pick<OwnOperationRow, 'state' | 'verdict' | 'reason'>): ShownReason | null {
  const stands = row.reason === 'no_permission' && shownState(row) !== 'refused';
  return stands ? 'stands_without_right' : row.reason;
}

/** What was done, as the key of a sentence. */
export type ShownKind =
  | 'check_out'
  | 'check_in'
  | 'check_in_damaged'
  | 'check_in_lost'
  | 'check_in_consumed'
  | 'move'
  | 'pack'
  | 'unpack'
  | 'quarantine'
  | 'release'
  | 'retire'
  | 'load'
  | 'unload'
  | 'found'
  | 'repair_start'
  | 'repair_done'
  | 'inspection_passed'
  | 'inspection_failed'
  | 'seal'
  | 'open'
  | 'resolve'
  | BulkKind
  | 'dispatch'
  | 'arrive'
  | 'confirm_truck_pack'
  | 'count_bulk'
  | 'edit_fields'
  | 'create_row'
  | 'delete_row'
  | 'restore_row'
  | 'assign_label'
  | 'retire_label'
  | 'fill_line'
  | StocktakeIntent['kind']
  | 'undo'
  | 'other';

/** A move of loose pieces by where it led: to an event, back from one, within the stock, away, or out of nowhere. */
export type BulkKind = 'bulk_out' | 'bulk_back' | 'bulk_moved' | 'bulk_gone' | 'bulk_found';

export function shownKind(
  row: Pick<OwnOperationRow, 'kind' | 'disposition' | 'outcome' | 'hasIntent' | 'fromKind' | 'toKind'>,
): ShownKind {
  if (row.hasIntent === 0) return 'other';
  switch (row.kind) {
    case 'check_in':
      return row.disposition === null || row.disposition === 'ok'
        ? 'check_in'
        : `check_in_${row.disposition}`;
    case 'inspection_result':
      return row.outcome === 'failed' ? 'inspection_failed' : 'inspection_passed';
    case 'move_bulk':
      return bulkKind(row);
    case 'check_out':
    case 'move':
    case 'pack':
    case 'unpack':
    case 'quarantine':
    case 'release':
    case 'retire':
    case 'load':
    case 'unload':
    case 'found':
    case 'repair_start':
    case 'repair_done':
    case 'seal':
    case 'open':
    case 'resolve':
    case 'dispatch':
    case 'arrive':
    case 'confirm_truck_pack':
    case 'count_bulk':
    case 'edit_fields':
    case 'create_row':
    case 'delete_row':
    case 'restore_row':
    case 'assign_label':
    case 'retire_label':
    case 'fill_line':
    case 'open_stocktake':
    case 'count_asset':
    case 'count_quantity':
    case 'request_recount':
    case 'close_stocktake':
    case 'review_variance':
    case 'approve_stocktake':
    case 'undo':
      return row.kind;
    default:
      return 'other';
  }
}

function bulkKind({ fromKind, toKind }: Pick<OwnOperationRow, 'fromKind' | 'toKind'>): BulkKind {
  if (fromKind === null) return 'bulk_found';
  if (toKind === null) return 'bulk_gone';
  if (toKind === 'event') return 'bulk_out';
  return fromKind === 'event' ? 'bulk_back' : 'bulk_moved';
}

export type OutboxFilter = 'all' | 'waiting' | 'problems';

export function passes(filter: OutboxFilter, row: OwnOperationRow): boolean {
  const state = shownState(row);
  if (filter === 'waiting') return state === 'waiting' || state === 'answered' || row.waitingFileCount > 0;
  if (filter === 'problems') {
    if (row.refusedFileCount > 0) return true;
    return state === 'refused' || state === 'conflicted' || state === 'kept_unread' || state === 'not_taken';
  }
  return true;
}
