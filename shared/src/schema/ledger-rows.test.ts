import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldAssets } from '#ledger/fold-assets.ts';
import {
  arbitraryBases,
  arbitraryDisposition,
  arbitraryMovements,
  arbitraryObserved,
  arbitraryPlace,
} from '#test/arbitrary-ledger.ts';
import { newLedger } from '#test/arbitrary-operations.ts';
import { runs } from '#test/property-runs.ts';
import { testInstant } from '#test/test-ids.ts';
import { columnsOf } from './device-ddl.ts';
import {
  assetOfRow,
  conflictOfRow,
  movementOfRow,
  rowOfAsset,
  rowOfConflict,
  rowOfMovement,
} from './ledger-rows.ts';

const text = fc.option(fc.string());

describe('rows of the ledger', () => {
  it('hold every movement', () => {
    const details = fc.record({
      disposition: fc.option(arbitraryDisposition),
      observed: arbitraryObserved,
      to: fc.option(arbitraryPlace),
      overrideReason: text,
      note: text,
      receivedAt: fc.option(fc.nat(100).map(testInstant)),
    });
    fc.assert(
      fc.property(arbitraryMovements, details, (movements, detail) => {
        for (const movement of movements.map((one) => ({ ...one, ...detail }))) {
          const row = rowOfMovement(movement);
          expect(Object.keys(row)).toEqual(columnsOf('movements'));
          expect(movementOfRow(row)).toEqual(movement);
        }
      }),
      runs(200),
    );
  });

  it('hold every asset and every conflict', () => {
    fc.assert(
      fc.property(
        arbitraryBases,
        arbitraryMovements,
        fc.boolean(),
        text,
        (bases, movements, isCase, serial) => {
          const { statesById, conflicts } = foldAssets(bases, movements);
          for (const plain of newLedger(bases).assetsById.values()) {
            const asset = { ...plain, isCase, serial, state: statesById.get(plain.id) ?? plain.state };
            const row = rowOfAsset(asset);
            expect(Object.keys(row)).toEqual(columnsOf('assets'));
            expect(assetOfRow(row)).toEqual(asset);
          }
          for (const plain of conflicts) {
            const conflict = { ...plain, code: serial };
            expect(Object.keys(rowOfConflict(conflict))).toEqual(columnsOf('conflicts'));
            expect(conflictOfRow(rowOfConflict(conflict))).toEqual(conflict);
          }
        },
      ),
      runs(200),
    );
  });

  it('that lack what must be there are a bug', () => {
    const [asset] = newLedger([
      { id: 'a' as never, baseline: { kind: 'location', id: 'l' as never } },
    ]).assetsById.values();
    if (asset === undefined) throw new Error('no asset');
    expect(() => assetOfRow({ ...rowOfAsset(asset), place_id: null })).toThrow('row a has no place');
  });
});
