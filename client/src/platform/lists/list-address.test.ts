import { runs } from '@eventkit/shared/test/property-runs.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, stateOfAddress } from './list-address.ts';
import { arbitraryState, testFirst, testSource } from './testing/test-list.ts';

describe('the address of a list', () => {
  it('says everything that the list was asked, and comes through the bar of a browser', () => {
    fc.assert(
      fc.property(arbitraryState, (state) => {
        const travelled = JSON.parse(JSON.stringify(addressOf(state, testFirst)));
        expect(stateOfAddress(testSource, travelled, testFirst)).toEqual(state);
      }),
      runs(300),
    );
  });

  it('is empty for the list as it opens', () => {
    expect(addressOf(testFirst, testFirst)).toEqual({});
  });

  it('may say anything: what is not understood is as if it was not said', () => {
    const part = fc.oneof(
      fc.anything(),
      fc.dictionary(
        fc.constantFrom('name', 'weight', 'at', 'status', 'constructor', '__proto__'),
        fc.anything(),
      ),
      fc.constantFrom('name', '-weight,weight', 'nowhere', 'toString', 'status,status'),
    );
    const search = fc.record({ q: part, where: part, sort: part, group: part, show: part, as: part });
    fc.assert(
      fc.property(search, (said) => {
        const state = stateOfAddress(testSource, said, testFirst);
        const names = Object.keys(testSource.columns);
        const named = [...state.columns, ...state.sort.map(({ column }) => column)];
        expect([...named, ...Object.keys(state.filters)].filter((name) => !names.includes(name))).toEqual([]);
        expect(state.columns.length).toBeGreaterThan(0);
        // What was understood is said again in the same words.
        expect(stateOfAddress(testSource, addressOf(state, testFirst), testFirst)).toEqual(state);
      }),
      runs(300),
    );
  });
});
