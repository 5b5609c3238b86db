import { type Instant, instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstLayout, type Layout, mergeLayouts, type PendingLayout } from './layout.ts';

const at = (second: number) => instantOfMs(Date.UTC(2026, 10, 23) + second * 1000);
const layout = (key: string, second: number, name = ''): Layout & { readonly changedAt: Instant } => ({
  key,
  name,
  widgets: [],
  changedAt: at(second),
});
const change = (key: string, second: number, rest: Partial<PendingLayout> = {}): PendingLayout => ({
  ...layout(key, second, 'mine'),
  isDeleted: false,
  standsAt: null,
  ...rest,
});
const namesOf = (layouts: readonly Layout[]) => layouts.map(({ key, name }) => `${key}:${name}`);

describe('layouts of a person', () => {
  test('are one until there are others, and one again when all are gone', () => {
    expect(mergeLayouts([], [])).toEqual([firstLayout]);
    expect(mergeLayouts([layout('first', 1)], [change('first', 2, { isDeleted: true })])).toEqual([
      firstLayout,
    ]);
  });

  test('show at once what this device has changed, and what others changed later', () => {
    expect(namesOf(mergeLayouts([layout('a', 1, 'theirs')], [change('a', 2)]))).toEqual(['a:mine']);
    expect(namesOf(mergeLayouts([layout('a', 3, 'theirs')], [change('a', 2)]))).toEqual(['a:theirs']);
  });

  test('show a change until what came of it is down, by the time under which it stands there', () => {
    const sent = change('a', 9, { standsAt: at(5) });
    expect(namesOf(mergeLayouts([layout('a', 4, 'old')], [sent]))).toEqual(['a:mine']);
    expect(namesOf(mergeLayouts([layout('a', 5, 'down')], [sent]))).toEqual(['a:down']);
  });

  test('stand in the order in which they were made, after the first', () => {
    const synced = [layout('b', 1), layout('first', 2), layout('a', 3)];
    expect(mergeLayouts(synced, []).map(({ key }) => key)).toEqual(['first', 'a', 'b']);
  });

  test('come to the same on every device once each has heard of all changes', () => {
    const written = fc.record({
      key: fc.constantFrom('first', 'a', 'b'),
      second: fc.nat(6),
      isDeleted: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(written), fc.array(written), (mine, theirs) => {
        const later = (list: typeof mine) =>
          [...Map.groupBy(list, ({ key }) => key).values()].map(
            (ones) => ones.toSorted((a, b) => a.second - b.second).at(-1) as (typeof mine)[number],
          );
        const pending = later(mine).map(({ key, second, isDeleted }) =>
          change(key, second * 2, { isDeleted }),
        );
        const synced = later(theirs.filter((one) => !one.isDeleted)).map(({ key, second }) =>
          layout(key, second * 2 + 1, 'theirs'),
        );
        // What a server comes to that takes the later of each.
        const oracle = new Map<string, string>();
        for (const key of ['first', 'a', 'b']) {
          const [down, own] = [synced, pending].map((list) => list.find((one) => one.key === key)) as [
            Layout | undefined,
            PendingLayout | undefined,
          ];
          const isOwnLater = own !== undefined && (down?.changedAt ?? '') < own.changedAt;
          if (isOwnLater ? !own.isDeleted : down !== undefined)
            oracle.set(key, isOwnLater ? 'mine' : 'theirs');
        }
        const wanted = oracle.size === 0 ? ['first:'] : [...oracle].map(([key, name]) => `${key}:${name}`);
        expect(namesOf(mergeLayouts(synced, pending)).toSorted()).toEqual(wanted.toSorted());
      }),
    );
  });
});
