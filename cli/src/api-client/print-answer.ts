import type { Answer } from './call-api.ts';

/** As wide as a line of a terminal bears. */
const WIDEST = 40;

/** The rows of a list's page; null for what is no list. */
export function rowsOf(answer: Answer): readonly Answer[] | null {
  const lists = Object.values(answer).filter((value) => Array.isArray(value));
  const [only] = lists;
  return only !== undefined && lists.length === 1 && only.every(isObject) ? only : null;
}

/** For people: a list as a table, anything else as lines of names and values. */
export function tableOf(rows: readonly Answer[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) =>
    rows.some((row) => row[name] !== undefined && !isObject(row[name])),
  );
  const lines = [columns, ...rows.map((row) => columns.map((name) => wordOf(row[name])))];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((word, at) => word.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function linesOf(answer: Answer, indent = ''): string {
  return Object.entries(answer)
    .map(([name, value]) =>
      isObject(value)
        ? `${indent}${name}:\n${linesOf(value, `${indent}  `)}`
        : `${indent}${name}: ${wordOf(value, Infinity)}`,
    )
    .join('\n');
}

function wordOf(value: unknown, widest = WIDEST): string {
  const text = (
    Array.isArray(value)
      ? value.map((one) => (isObject(one) ? JSON.stringify(one) : String(one))).join(', ')
      : String(value ?? '')
  ).replaceAll(/\p{Control}/gu, ' ');
  return text.length > widest ? `${text.slice(0, widest - 1)}…` : text;
}

function isObject(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
