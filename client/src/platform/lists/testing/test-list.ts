import fc from 'fast-check';
import type { ListSource } from '#platform/lists/list-source.ts';
import type { ListFilter, ListSort, ListState } from '#platform/lists/list-state.ts';

/** A list with a column of each kind, on tables that every device has. */
export const testSource: ListSource = {
  name: 'test',
  from: 'assets_now a LEFT JOIN products p ON p.id = a.product_id',
  id: 'a.id',
  columns: {
    code: { type: 'text', sql: 'a.code', isKey: true },
    name: { type: 'text', sql: 'p.name', isGroupable: true },
    weight: { type: 'number', sql: 'p.weight_grams' },
    status: { type: 'word', sql: 'a.status', isGroupable: true },
    at: { type: 'instant', sql: 'a.last_moved_at' },
  },
  searchIn: ['a.code', 'p.name'],
};

export const testFirst: ListState = {
  text: '',
  filters: {},
  sort: [{ column: 'code', isDescending: false }],
  group: null,
  columns: ['code', 'name', 'status'],
  layout: 'rows',
};

export const testNames = [
  null,
  '',
  'Bühne',
  'buhne',
  'BÜHNE',
  'Amp',
  'amp 10',
  'Über',
  'Straße',
  'x%_y',
] as const;
export const testStatuses = ['in_service', 'in_repair', 'lost'] as const;

const day = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2026-03-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const bound = fc.option(fc.integer({ min: 0, max: 5 }));
const isBounded = <T>(a: T | null, b: T | null) => a !== null || b !== null;

const arbitraryFilters: fc.Arbitrary<Readonly<Record<string, ListFilter>>> = fc.record(
  {
    code: fc.constantFrom('A', 'a-0', '7', ' 1 ').map((has) => ({ has })),
    name: fc.oneof(
      fc.constantFrom('bühne', 'AMP', '%', 'ß', 'ss').map((has) => ({ has })),
      fc
        .uniqueArray(fc.constantFrom('', 'Bühne', 'Amp', 'Nothing'), { minLength: 1 })
        .map((any) => ({ any })),
    ),
    weight: fc.record({ from: bound, to: bound }).filter(({ from, to }) => isBounded(from, to)),
    status: fc.uniqueArray(fc.constantFrom('', ...testStatuses), { minLength: 1 }).map((any) => ({ any })),
    at: fc
      .record({ since: fc.option(day), until: fc.option(day) })
      .filter(({ since, until }) => isBounded(since, until)),
  },
  { requiredKeys: [] },
);

const names = Object.keys(testSource.columns);

/** All of them together let nothing through: at most two, and often none. */
function fewOf(filters: fc.Arbitrary<ListState['filters']>): fc.Arbitrary<ListState['filters']> {
  return fc
    .tuple(filters, fc.integer({ min: 0, max: 2 }))
    .map(([all, count]) => Object.fromEntries(Object.entries(all).toSpliced(0, 5 - count)));
}

const arbitrarySort: fc.Arbitrary<readonly ListSort[]> = fc.uniqueArray(
  fc.record({ column: fc.constantFrom(...names), isDescending: fc.boolean() }),
  {
    selector: ({ column }) => column,
    maxLength: 3,
  },
);

export const arbitraryState: fc.Arbitrary<ListState> = fc.record({
  text: fc.constantFrom('', '', '', '', 'amp', 'A-0 1', 'BÜHNE', 'nothing such'),
  filters: fewOf(arbitraryFilters),
  sort: arbitrarySort,
  group: fc.constantFrom(null, 'name', 'status'),
  columns: fc.shuffledSubarray(names, { minLength: 1 }),
  layout: fc.constantFrom('rows', 'cards'),
});
