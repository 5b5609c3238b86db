import type { EditableTableName } from '@eventkit/shared/edits/editable-tables.ts';
import type { ProductId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';

/** One thing that somebody said of a row, as JSON texts, with who it was and what the row is called. */
export type EditRow = {
  readonly id: string;
  readonly kind: 'edit_fields' | 'create_row' | 'delete_row' | 'restore_row';
  readonly table: EditableTableName;
  readonly rowId: string;
  readonly field: string | null;
  readonly saw: string | null;
  readonly value: string | null;
  readonly at: Instant;
  readonly receivedAt: Instant | null;
  readonly recordedBy: UserId;
  readonly who: string | null;
  readonly device: string | null;
  /** The product of a line, the name of an event. */
  readonly title: string | null;
  readonly isTakenBack: number;
};

/** The product that a line asks for, also of a line that is deleted. `id` is an SQL expression. */
export function productOfLine(id: string): string {
  return `coalesce(
    (SELECT l.product_id FROM pull_list_lines_now l WHERE l.id = ${id}),
    (SELECT r.base ->> '$.columns.product_id' FROM edited_rows_now r WHERE r.id = ${id}),
    (SELECT c.value ->> '$.product_id' FROM field_edits_now c WHERE c.row_id = ${id} AND c.kind = 'create_row'))`;
}

/** What people call a row that is edited: the product of a line, the name of an event. Both are SQL expressions. */
export function titleOfEdited(table: string, id: string): string {
  return `CASE ${table}
         WHEN 'events' THEN (SELECT e.name FROM events_now e WHERE e.id = ${id})
         WHEN 'pull_lists' THEN (SELECT p.name FROM pull_lists_now p WHERE p.id = ${id})
         ELSE (SELECT p.name FROM products p WHERE p.id = ${productOfLine(id)})
       END`;
}

const EDIT = `
SELECT f.id, f.kind, f.table_name AS "table", f.row_id AS rowId, f.field, f.saw, f.value, f.effective_at AS at,
       f.received_at AS receivedAt, f.recorded_by AS recordedBy,
       (SELECT u.name FROM users u WHERE u.id = f.recorded_by) AS who,
       (SELECT d.name FROM devices d WHERE d.id = f.device_id) AS device,
       ${titleOfEdited('f.table_name', 'f.row_id')} AS title,
       EXISTS (SELECT 1 FROM field_edits_now u WHERE u.row_id = f.row_id
                AND u.undoes_operation_id = f.operation_id AND u.device_id = f.device_id) AS isTakenBack
  FROM field_edits_now f`;

/** Lines of the event: those on it, and those that were and that somebody deleted. `event` is an SQL expression. */
const linesEverOf = (event: string) => `
  SELECT id FROM pull_list_lines_now WHERE event_id = ${event}
  UNION SELECT id FROM edited_rows_now WHERE base ->> '$.columns.event_id' = ${event}
  UNION SELECT row_id FROM field_edits_now WHERE kind = 'create_row' AND value ->> '$.event_id' = ${event}`;

/** What was said of an event and its pull list, newest first. One parameter: the event. */
export const EDITS_OF_EVENT = `
WITH wanted (event_id) AS (SELECT ?)
${EDIT} WHERE f.kind <> 'undo' AND f.row_id IN (
  SELECT event_id FROM wanted UNION ${linesEverOf('(SELECT event_id FROM wanted)')})
 ORDER BY f.effective_at DESC, f.id DESC LIMIT 200`;

/**
 * What others changed on the pull list of an event since, newest first; where a line stands in the list is nothing that
 * matters to who picks. Parameters: the event, the person who reads, since when.
 */
export const CHANGES_BY_OTHERS = `
WITH wanted (event_id, reader, since) AS (SELECT ?, ?, ?)
${EDIT} WHERE f.kind <> 'undo' AND f.table_name = 'pull_list_lines' AND coalesce(f.field, '') <> 'order_key'
   AND f.recorded_by <> (SELECT reader FROM wanted) AND f.effective_at > (SELECT since FROM wanted)
   AND isTakenBack = 0 AND f.row_id IN (${linesEverOf('(SELECT event_id FROM wanted)')})
 ORDER BY f.effective_at DESC, f.id DESC LIMIT 20`;

/** The facts of conflicts about fields. One parameter: their ids as a JSON array. */
export const EDITS_BY_ID = `${EDIT} WHERE f.id IN (SELECT value FROM json_each(?))`;

export type DeletedLine = {
  readonly rowId: string;
  readonly productId: ProductId;
  readonly title: string | null;
  readonly quantity: number;
};

/** Lines of the event that somebody deleted and that can be brought back. One parameter: the event. */
export const DELETED_LINES = `
WITH wanted (event_id) AS (SELECT ?)
SELECT gone.id AS rowId, ${productOfLine('gone.id')} AS productId,
       (SELECT p.name FROM products p WHERE p.id = ${productOfLine('gone.id')}) AS title,
       coalesce(
         (SELECT d.saw ->> '$.quantity' FROM field_edits_now d WHERE d.row_id = gone.id AND d.kind = 'delete_row'
           ORDER BY d.effective_at DESC LIMIT 1), 0) AS quantity
  FROM (${linesEverOf('(SELECT event_id FROM wanted)')}) AS gone
 WHERE gone.id NOT IN (SELECT id FROM pull_list_lines_now WHERE event_id = (SELECT event_id FROM wanted))
   AND EXISTS (SELECT 1 FROM field_edits_now d WHERE d.row_id = gone.id AND d.kind = 'delete_row')
 ORDER BY title, gone.id`;
