import { type Instant, instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import type { SqlValue } from '#platform/live/live-query.ts';
import { foldSql, foldText } from './fold-text.ts';
import type { ListColumn, ListSource } from './list-source.ts';
import type { ListFilter, ListState } from './list-state.ts';

export type Sql = { readonly sql: string; readonly params: readonly SqlValue[] };

/** What decides which rows there are, and in which order. */
export type ListQuestion = Pick<ListState, 'text' | 'filters' | 'sort' | 'group'>;

export type OrderRow = { readonly count: number; readonly ids: string };

/**
 * The ids of all rows that are asked for, in their order, as one text: 100,000 of them are 3.7 MB that nobody has to take
 * apart. A window by OFFSET would take as long as all of this, for each window anew.
 */
export function orderSql(source: ListSource, question: ListQuestion): Sql {
  const { sql, params } = matching(source, question);
  const order = orderOf(source, question).join(', ');
  // SQLite merges the two halves of a view along their indexes only by what it reads of them.
  const keys = Object.values(source.columns).flatMap(({ isKey, sql }) =>
    isKey === true ? [`${sql} AS key`] : [],
  );
  return {
    sql: `SELECT count(*) AS count, coalesce(group_concat(id, ','), '') AS ids
      FROM (SELECT ${[`${source.id} AS id`, ...keys].join(', ')} ${sql} ORDER BY ${order})`,
    params,
  };
}

export type GroupRow = { readonly value: SqlValue; readonly count: number };

/** How many rows each group has, in the order of the rows. */
export function groupsSql(source: ListSource, question: ListQuestion, group: string): Sql {
  const { sql, params } = matching(source, question);
  const column = columnOf(source, group);
  return {
    sql: `SELECT ${choiceOf(column)} AS value, count(*) AS count ${sql} GROUP BY 1 ORDER BY ${groupOrder(column)}`,
    params,
  };
}

/** What rows have in a column, by everything but the filter of that column itself, the most frequent first. */
export function choicesSql(source: ListSource, question: ListQuestion, name: string): Sql {
  const { [name]: _, ...filters } = question.filters;
  const { sql, params } = matching(source, { ...question, filters });
  return {
    sql: `SELECT ${choiceOf(columnOf(source, name))} AS value, count(*) AS count ${sql} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 200`,
    params,
  };
}

/** One parameter: ids as a JSON array. In no order. */
export function rowsSql(source: ListSource, isWithBeside = false): string {
  const columns = [
    ...Object.entries(source.columns).map(([name, { sql }]) => [name, sql] as const),
    ...Object.entries((isWithBeside ? source.beside : null) ?? {}),
  ].map(([name, sql]) => `${sql} AS "${name}"`);
  return `SELECT ${[`${source.id} AS id`, ...columns].join(', ')} FROM ${source.from}
    WHERE ${source.id} IN (SELECT value FROM json_each(?))`;
}

function matching(source: ListSource, { text, filters }: ListQuestion): Sql {
  const conditions = [
    ...words(text).map((word) => ({
      sql: `(${source.searchIn.map((sql) => `instr(${foldSql(sql)}, ?) > 0`).join(' OR ')})`,
      params: source.searchIn.map(() => word),
    })),
    ...Object.entries(filters).map(([name, filter]) => conditionOf(columnOf(source, name), filter)),
  ];
  const where =
    conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => `(${sql})`).join(' AND ')}`;
  return { sql: `FROM ${source.from} ${where}`, params: conditions.flatMap(({ params }) => params) };
}

/** Of a search: a row has all of them, wherever. */
export function words(text: string): readonly string[] {
  return foldText(text)
    .split(/\s+/)
    .filter((word) => word !== '');
}

function conditionOf(column: ListColumn, filter: ListFilter): Sql {
  if ('any' in filter) {
    return {
      sql: `coalesce(${column.sql}, '') IN (SELECT value FROM json_each(?))`,
      params: [JSON.stringify(filter.any)],
    };
  }
  if ('has' in filter) {
    return { sql: `instr(${foldSql(column.sql)}, ?) > 0`, params: [foldText(filter.has.trim())] };
  }
  if ('from' in filter) return within(column.sql, filter.from, '<=', filter.to);
  return within(column.sql, startOf(filter.since, 0), '<', startOf(filter.until, 1));
}

function within(sql: string, from: SqlValue, below: '<' | '<=', to: SqlValue): Sql {
  const bounds = [
    ...(from === null ? [] : [{ sql: `${sql} >= ?`, param: from }]),
    ...(to === null ? [] : [{ sql: `${sql} ${below} ?`, param: to }]),
  ];
  // What has no date lies within no dates, whatever an empty text compares to.
  return {
    sql: [`coalesce(${sql}, '') <> ''`, ...bounds.map((bound) => bound.sql)].join(' AND '),
    params: bounds.map(({ param }) => param),
  };
}

/** When a day, or one some days after it, begins where the device is. */
function startOf(day: string | null, laterDays: number): Instant | null {
  if (day === null) return null;
  const start = new Date(`${day}T00:00:00`);
  start.setDate(start.getDate() + laterDays);
  return instantOfMs(start.getTime());
}

function orderOf(source: ListSource, { sort, group }: ListQuestion): readonly string[] {
  const groups = group === null ? [] : [groupOrder(columnOf(source, group))];
  const columns = sort.map(({ column, isDescending }) => ({
    column: columnOf(source, column),
    isDescending,
  }));
  const keys = columns.map(({ column, isDescending }) => {
    const direction = isDescending ? 'DESC' : 'ASC';
    if (column.isKey === true) return `${column.sql} ${direction}`;
    return `${isNothing(column)}, ${sortKey(column)} ${direction}`;
  });
  const isDecided = columns.some(({ column }) => column.isKey === true);
  return [...groups, ...keys, ...(isDecided ? [] : [source.id])];
}

/** Rows of one group lie together, however alike its name is to another's. */
function groupOrder(column: ListColumn): string {
  return `${isNothing(column)}, ${sortKey(column)}, ${choiceOf(column)}`;
}

function isNothing({ sql }: ListColumn): string {
  return `coalesce(${sql}, '') = ''`;
}

/** Nothing and an empty text are alike, as they are for whoever reads the list. */
function sortKey(column: ListColumn): string {
  const choice = choiceOf(column);
  return column.type === 'text' || column.type === 'word' ? foldSql(choice) : choice;
}

function choiceOf({ type, sql }: ListColumn): string {
  return type === 'number' ? sql : `coalesce(${sql}, '')`;
}

function columnOf(source: ListSource, name: string): ListColumn {
  const column = source.columns[name];
  if (column === undefined) throw new Error(`${source.name} has no column ${name}`);
  return column;
}
