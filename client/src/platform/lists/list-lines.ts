import type { SqlValue } from '#platform/live/live-query.ts';
import type { GroupRow } from './list-sql.ts';

/** A line of the list: the head of a group, or the rows from one place in the order up to before another. */
export type ListLine =
  | { readonly kind: 'head'; readonly value: SqlValue; readonly count: number }
  | { readonly kind: 'rows'; readonly from: number; readonly to: number };

export type ListLines = {
  readonly count: number;
  at(line: number): ListLine;
  /** The line that a row stands on. */
  lineOf(index: number): number;
};

/** Lays rows out in lines of `across`, group by group; no group means no heads. */
export function layOutLines(rowCount: number, groups: readonly GroupRow[] | null, across: number): ListLines {
  const headLines = groups === null ? 0 : 1;
  let line = 0;
  let row = 0;
  const blocks = (groups ?? [{ value: null, count: rowCount }]).map((group) => {
    const block = { group, firstLine: line, firstRow: row };
    line += headLines + Math.ceil(group.count / across);
    row += group.count;
    return block;
  });
  const lastBefore = (isBefore: (block: (typeof blocks)[number]) => boolean) => {
    let low = 0;
    let high = blocks.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const block = blocks[middle];
      if (block !== undefined && isBefore(block)) low = middle;
      else high = middle - 1;
    }
    const found = blocks[low];
    if (found === undefined) throw new RangeError('a list without lines has none to look at');
    return found;
  };
  return {
    count: line,
    at(wanted) {
      const { group, firstLine, firstRow } = lastBefore((block) => block.firstLine <= wanted);
      const within = wanted - firstLine - headLines;
      if (within < 0) return { kind: 'head', ...group };
      const from = firstRow + within * across;
      return { kind: 'rows', from, to: Math.min(from + across, firstRow + group.count) };
    },
    lineOf(index) {
      const { firstLine, firstRow } = lastBefore((block) => block.firstRow <= index);
      return firstLine + headLines + Math.floor((index - firstRow) / across);
    },
  };
}
