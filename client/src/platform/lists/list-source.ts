import type { SqlValue } from '#platform/live/live-query.ts';

/** A row as the replica gives it: `id`, and a value for each column. */
export type ListRow = { readonly id: string } & Readonly<Record<string, SqlValue>>;

/** number: as it is; instant: text in order of time; word: one of a few that people choose from. */
export type ColumnType = 'text' | 'number' | 'instant' | 'word';

/** What one column shows and how it is asked for. All SQL stands in the sources, never comes from outside. */
export type ListColumn = {
  readonly type: ColumnType;
  /** An expression over the rows of the source. Nothing said may be null or an empty text: both are shown last. */
  readonly sql: string;
  /** No two rows have the same, all have one, in ASCII: then an index can give the order. */
  readonly isKey?: true;
  /** Rows can be put together by it. */
  readonly isGroupable?: true;
};

/** What a list shows the rows of. */
export type ListSource = {
  /** Under which views are kept. */
  readonly name: string;
  readonly from: string;
  readonly id: string;
  readonly columns: Readonly<Record<string, ListColumn>>;
  /** Expressions that a search looks through. */
  readonly searchIn: readonly string[];
  /** What cards show beside the columns; rows do not ask for it. */
  readonly beside?: Readonly<Record<string, string>>;
};
