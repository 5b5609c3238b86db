import type { EditableTableName } from '@eventkit/shared/edits/editable-tables.ts';
import type { ReactNode } from 'react';
import type { ListRow } from './list-source.ts';

/** How a list speaks and looks: everything that only its feature knows. Columns are those of its source. */
export type ListFace = {
  readonly labelOf: (column: string) => string;
  /** What a word of a column is called. */
  readonly wordOf: (column: string, word: string) => string;
  /** Least width of a column in pixels; those of text share what is left. */
  readonly widthOf: (column: string) => number;
  /** What a row is called. */
  readonly nameOf: (row: ListRow) => string;
  /** A cell that is more than its text. */
  readonly drawCell?: (column: string, row: ListRow) => ReactNode | undefined;
  /** The two lines of a row on a phone, and what stands at the end of the first. */
  readonly drawLines: (row: ListRow) => {
    readonly title: ReactNode;
    readonly end?: ReactNode;
    readonly below: ReactNode;
  };
  /** A row as a card; absent where there is nothing to see. */
  readonly drawCard?: (row: ListRow) => ReactNode;
  /** What of it this person may change in place: columns that are fields of the same name. */
  readonly edit?: { readonly table: EditableTableName; readonly columns: readonly string[] };
};
