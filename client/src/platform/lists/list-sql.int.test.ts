import { runs } from '@eventkit/shared/test/property-runs.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SqlValue } from '#platform/live/live-query.ts';
import { openTestReplica } from '#testing/open-test-replica.ts';
import { idSequence } from './id-sequence.ts';
import type { ListRow } from './list-source.ts';
import {
  choicesSql,
  type GroupRow,
  groupsSql,
  type ListQuestion,
  type OrderRow,
  orderSql,
  rowsSql,
  type Sql,
} from './list-sql.ts';
import type { ListFilter } from './list-state.ts';
import { arbitraryState, testNames, testSource, testStatuses } from './testing/test-list.ts';

type Row = ListRow & {
  readonly code: string;
  readonly name: string | null;
  readonly weight: number | null;
  readonly status: string;
  readonly at: string | null;
};

const at = (day: number) => new Date(Date.UTC(2026, 0, 1, day * 7)).toISOString().replace('Z', '000Z');

const arbitraryRows = fc
  .array(
    fc.record({
      name: fc.constantFrom(...testNames),
      weight: fc.option(fc.integer({ min: 0, max: 5 })),
      status: fc.constantFrom(...testStatuses),
      at: fc.option(fc.nat(200).map(at)),
    }),
    { maxLength: 40 },
  )
  .map((rows) =>
    rows.map((row, index): Row => {
      const number = (index * 17) % 41;
      return { ...row, id: `i${number}`, code: `A-${String((number * 13) % 41).padStart(4, '0')}` };
    }),
  );

describe('the SQL of a list', () => {
  it('finds, sorts and groups as a plain reading of the rows does', () => {
    let foundCount = 0;
    fc.assert(
      fc.property(arbitraryRows, arbitraryState, (rows, question) => {
        using replica = openFilled(rows);
        const all = <T>({ sql, params }: Sql) => replica.getAll<T>(sql, params);
        const [order] = all<OrderRow>(orderSql(testSource, question));
        const ids = idSequence(order?.ids ?? '', order?.count ?? 0);
        const expected = plainOrder(rows, question);
        expect(Array.from({ length: ids.count }, (_, index) => ids.at(index))).toEqual(
          expected.map(({ id }) => id),
        );
        foundCount += expected.length;
        if (question.group !== null) {
          expect(all<GroupRow>(groupsSql(testSource, question, question.group))).toEqual(
            plainGroups(expected, question.group),
          );
        }
        const { status: _, ...others } = question.filters;
        const among = plainOrder(rows, { ...question, filters: others });
        const counts = new Map(
          Array.from(
            Map.groupBy(among, ({ status }) => status),
            ([k, v]) => [k, v.length],
          ),
        );
        const choices = all<GroupRow>(choicesSql(testSource, question, 'status'));
        expect(new Map(choices.map(({ value, count }) => [value, count]))).toEqual(counts);
      }),
      runs(400),
    );
    expect(foundCount).toBeGreaterThan(500);
  });

  it('gives the rows of a window with all their columns, those of own guesses too', () => {
    const rows = fc.sample(arbitraryRows, { numRuns: 20, seed: 7 }).flat().slice(0, 12);
    using replica = openFilled(rows.slice(0, 1));
    replica.guess('assets', 'o1', { id: 'guess', code: 'A-9999', status: 'lost', is_deleted: 0 });
    const found = replica.getAll<ListRow>(rowsSql(testSource), [JSON.stringify(['guess', 'nobody'])]);
    expect(found).toEqual([
      { id: 'guess', code: 'A-9999', name: null, weight: null, status: 'lost', at: null },
    ]);
  });

  it('never runs what somebody wrote', () => {
    using replica = openFilled([]);
    const evil = `' OR 1=1; DROP TABLE assets; --`;
    const { sql, params } = orderSql(testSource, {
      text: evil,
      filters: { name: { has: evil }, status: { any: [evil] } },
      sort: [],
      group: null,
    });
    expect(sql).not.toContain('DROP');
    expect(replica.getAll<OrderRow>(sql, params)).toEqual([{ count: 0, ids: '' }]);
    expect(() =>
      orderSql(testSource, { text: '', filters: { [evil]: { has: 'x' } }, sort: [], group: null }),
    ).toThrow('has no column');
  });

  it('reads windows by their ids alone, and the plain order by the index of codes', () => {
    using replica = openFilled([]);
    const window = replica.planOf(rowsSql(testSource), ['[]']).join('\n');
    expect(window).toContain('SEARCH assets USING INDEX sqlite_autoindex_assets_1 (id=?)');
    expect(window).not.toMatch(/SCAN assets\b/);
    const question = { text: '', filters: {}, sort: [{ column: 'code', isDescending: false }], group: null };
    const { sql, params } = orderSql(testSource, question);
    const order = replica.planOf(sql, params).join('\n');
    expect(order).toContain('SCAN assets USING INDEX assets_by_code');
    expect(order).not.toContain('TEMP B-TREE');
  });
});

function openFilled(rows: readonly Row[]) {
  const replica = openTestReplica();
  replica.inOneGo(() => {
    for (const { id, code, name, weight, status, at } of rows) {
      replica.put('products', { id: `p-${id}`, name, weight_grams: weight });
      replica.put('assets', { id, code, status, last_moved_at: at, product_id: `p-${id}` });
    }
  });
  return replica;
}

function plainOrder(rows: readonly Row[], { text, filters, sort, group }: ListQuestion): readonly Row[] {
  const wanted = rows.filter(
    (row) =>
      plainFold(text)
        .split(' ')
        .every((word) => [row.code, row.name].some((one) => plainFold(one ?? '').includes(word))) &&
      Object.entries(filters).every(([column, filter]) => passes(row[column] ?? null, filter)),
  );
  const keys = [...(group === null ? [] : [{ column: group, isDescending: false, isGroup: true }]), ...sort];
  return wanted.toSorted((a, b) => {
    for (const key of keys) {
      const order = compare(a[key.column] ?? null, b[key.column] ?? null, key.isDescending, 'isGroup' in key);
      if (order !== 0) return order;
    }
    return a.id < b.id ? -1 : 1;
  });
}

function compare(a: SqlValue, b: SqlValue, isDescending: boolean, isExact: boolean): number {
  const [hasA, hasB] = [a, b].map((value) => value !== null && value !== '');
  if (!hasA || !hasB) return Number(hasB) - Number(hasA);
  const [x, y] = [a, b].map((value) => (typeof value === 'string' ? plainFold(value) : Number(value)));
  const order = x === y ? 0 : (x ?? 0) < (y ?? 0) ? -1 : 1;
  if (order !== 0 || !isExact) return isDescending ? -order : order;
  return a === b ? 0 : Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}

function passes(value: SqlValue, filter: ListFilter): boolean {
  if ('any' in filter) return filter.any.includes(String(value ?? ''));
  if ('has' in filter)
    return value !== null && plainFold(String(value)).includes(plainFold(filter.has.trim()));
  if (value === null || value === '') return false;
  if ('from' in filter) {
    return Number(value) >= (filter.from ?? -Infinity) && Number(value) <= (filter.to ?? Infinity);
  }
  // Days are those of the machine that reads.
  const read = new Date(String(value));
  const local = [read.getFullYear(), read.getMonth() + 1, read.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  return local >= (filter.since ?? '') && local <= (filter.until ?? '9999');
}

function plainGroups(rows: readonly Row[], group: string): readonly GroupRow[] {
  return Array.from(
    Map.groupBy(rows, (row) => row[group] ?? ''),
    ([value, members]) => ({ value, count: members.length }),
  );
}

function plainFold(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ä', 'a')
    .replaceAll('ö', 'o')
    .replaceAll('ü', 'u')
    .replaceAll('ß', 'ss');
}
