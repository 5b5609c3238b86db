import type { EditConflictDetail } from '@eventkit/shared/edits/conflict-book.ts';
import { editableTables } from '@eventkit/shared/edits/editable-tables.ts';
import type { ConflictRow } from './conflict-queries.ts';

/** True for a conflict about the fields of a row. */
export function isAboutFields({ class: kind }: Pick<ConflictRow, 'class'>): boolean {
  return kind === 'same_field' || kind === 'deleted_and_edited';
}

/** What the conflict keeps; null where this version does not know the table. */
export function detailOfConflict({ detail }: Pick<ConflictRow, 'detail'>): EditConflictDetail | null {
  if (detail === null) return null;
  const read = JSON.parse(detail) as EditConflictDetail;
  return Object.hasOwn(editableTables, read.table) ? read : null;
}

/** The row as it stands. The table is one of those that the schema names. */
export function rowOfDetail({ table, rowId }: EditConflictDetail): { sql: string; params: string[] } {
  return { sql: `SELECT * FROM ${table}_now WHERE id = ?`, params: [rowId] };
}
