import { type Instant, isInstant, msOf } from '@eventkit/shared/kernel/instant.ts';
import { type Format, nowForDisplay } from '#i18n/format.ts';
import type { SqlValue } from '#platform/live/live-query.ts';
import type { ListFace } from './list-face.ts';
import type { ListRow, ListSource } from './list-source.ts';
import type { Cell } from './write-csv.ts';

type Of = { readonly source: ListSource; readonly face: Pick<ListFace, 'wordOf'> };

/** What a cell says to a person; a dash where a number is nothing, empty where nothing is said. */
export function sayCell({ source, face }: Of, format: Format, column: string, value: SqlValue): string {
  if (value === null || value === '') return '';
  switch (source.columns[column]?.type) {
    case 'number':
      return value === 0 ? '–' : format.count(Number(value));
    case 'instant':
      return sayInstant(format, String(value));
    case 'word':
      return face.wordOf(column, String(value));
    default:
      return String(value);
  }
}

function sayInstant(format: Format, value: string): string {
  if (!isInstant(value)) return value;
  const at: Instant = value;
  const year = new Date(msOf(at)).getFullYear();
  const isThisYear = year === new Date(msOf(nowForDisplay())).getFullYear();
  return isThisYear ? `${format.day(at)} ${format.time(at)}` : `${format.day(at)} ${year}`;
}

/** The same for a file: numbers and dates as such. */
export function cellOf({ source, face }: Of, column: string, row: ListRow): Cell {
  const value = row[column] ?? null;
  if (value === null || value === '') return null;
  switch (source.columns[column]?.type) {
    case 'number':
      return Number(value);
    case 'instant':
      return isInstant(String(value)) ? new Date(msOf(String(value) as Instant)) : String(value);
    case 'word':
      return face.wordOf(column, String(value));
    default:
      return String(value);
  }
}
