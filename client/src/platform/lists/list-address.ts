import type { ColumnType, ListSource } from './list-source.ts';
import type { ListFilter, ListSort, ListState } from './list-state.ts';

/** What the address of a list says, as the router hands it over: anybody may have written it. */
export type ListSearch = {
  readonly q?: unknown;
  readonly where?: unknown;
  readonly sort?: unknown;
  readonly group?: unknown;
  readonly show?: unknown;
  readonly as?: unknown;
  readonly view?: unknown;
};

/** Only what differs from the list as it opens, so that addresses stay short. */
export function addressOf(state: ListState, first: ListState): ListSearch {
  return {
    ...(state.text === first.text ? {} : { q: state.text }),
    ...(isSame(state.filters, first.filters) ? {} : { where: state.filters }),
    ...(isSame(state.sort, first.sort) ? {} : { sort: state.sort.map(sortText).join(',') }),
    ...(state.group === first.group ? {} : { group: state.group ?? '' }),
    ...(isSame(state.columns, first.columns) ? {} : { show: state.columns.join(',') }),
    ...(state.layout === first.layout ? {} : { as: state.layout }),
  };
}

/** What cannot be understood, or names what the list does not have, is as if it was not said. */
export function stateOfAddress(source: ListSource, search: ListSearch, first: ListState): ListState {
  const { q, where, sort, group, show, as } = search;
  const columns = typeof show === 'string' ? distinct(show.split(',').filter(isColumnOf(source))) : [];
  return {
    text: typeof q === 'string' || typeof q === 'number' ? String(q) : first.text,
    filters: isRecord(where) ? filtersOf(source, where) : first.filters,
    sort: typeof sort === 'string' ? sortOf(source, sort) : first.sort,
    group: typeof group === 'string' ? groupOf(source, group) : first.group,
    columns: columns.length > 0 ? columns : first.columns,
    layout: as === 'rows' || as === 'cards' ? as : first.layout,
  };
}

export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const sortText = ({ column, isDescending }: ListSort) => `${isDescending ? '-' : ''}${column}`;

const isColumnOf = (source: ListSource) => (name: string) => Object.hasOwn(source.columns, name);

function sortOf(source: ListSource, text: string): readonly ListSort[] {
  const sorts = text
    .split(',')
    .map((one) => ({ column: one.replace(/^-/, ''), isDescending: one.startsWith('-') }))
    .filter(({ column }) => isColumnOf(source)(column));
  return sorts.filter(({ column }, index) => sorts.findIndex((one) => one.column === column) === index);
}

function groupOf(source: ListSource, name: string): string | null {
  return isColumnOf(source)(name) && source.columns[name]?.isGroupable === true ? name : null;
}

function filtersOf(source: ListSource, where: Record<string, unknown>): ListState['filters'] {
  const filters = Object.entries(where).flatMap(([column, value]) => {
    if (!isColumnOf(source)(column)) return [];
    const filter = filterOf(source.columns[column]?.type ?? 'text', value);
    return filter === null ? [] : [[column, filter] as const];
  });
  return Object.fromEntries(filters);
}

/** Null where it says nothing, or nothing that a column of the type can be asked. */
export function filterOf(type: ColumnType, value: unknown): ListFilter | null {
  if (!isRecord(value)) return null;
  if (Array.isArray(value['any']) && (type === 'word' || type === 'text')) {
    const any = distinct(value['any'].filter((one) => typeof one === 'string'));
    return any.length === 0 ? null : { any };
  }
  if (typeof value['has'] === 'string' && type === 'text') {
    return value['has'].trim() === '' ? null : { has: value['has'] };
  }
  if (type === 'number') {
    const [from, to] = [value['from'], value['to']].map((one) => (Number.isFinite(one) ? Number(one) : null));
    return from === null && to === null ? null : { from: from ?? null, to: to ?? null };
  }
  if (type === 'instant') {
    const [since, until] = [value['since'], value['until']].map((one) => (isDay(one) ? one : null));
    return since === null && until === null ? null : { since: since ?? null, until: until ?? null };
  }
  return null;
}

function isDay(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\d$/.test(value) &&
    !Number.isNaN(Date.parse(`${value}T00:00:00Z`))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
