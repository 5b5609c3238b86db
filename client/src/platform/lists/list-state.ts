/** Rows that have one of the words (an empty one: nothing said), that contain a text, or that lie within bounds. */
export type ListFilter =
  | { readonly any: readonly string[] }
  | { readonly has: string }
  | { readonly from: number | null; readonly to: number | null }
  /** Days of the reader, as `<input type="date">` has them; both belong to it. */
  | { readonly since: string | null; readonly until: string | null };

export type ListSort = { readonly column: string; readonly isDescending: boolean };

/** What a person asks a list for: what its address says, and what a view keeps. */
export type ListState = {
  readonly text: string;
  /** By column. */
  readonly filters: Readonly<Record<string, ListFilter>>;
  readonly sort: readonly ListSort[];
  readonly group: string | null;
  /** Those shown, in their order. */
  readonly columns: readonly string[];
  readonly layout: 'rows' | 'cards';
};

/** The same column the other way round, or by this column first. `isAdded` keeps what the list was sorted by before. */
export function sortedBy(sort: readonly ListSort[], column: string, isAdded: boolean): readonly ListSort[] {
  const present = sort.find((one) => one.column === column);
  const next = { column, isDescending: present !== undefined && !present.isDescending };
  if (!isAdded) return [next];
  return present === undefined ? [...sort, next] : sort.map((one) => (one === present ? next : one));
}

export function withFilter(state: ListState, column: string, filter: ListFilter | null): ListState {
  const { [column]: _, ...rest } = state.filters;
  return { ...state, filters: filter === null ? rest : { ...rest, [column]: filter } };
}
