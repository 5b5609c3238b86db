import fc from 'fast-check';
import type { AssetId, StorageLocationId } from '#kernel/ids.ts';
import type { AssignLabel, LabelTarget, RetireLabel } from '#labels/label-intents.ts';
import { caseIds, itemIds, locationIds } from './arbitrary-ledger.ts';
import { testId } from './test-ids.ts';

/** Labels without a thing, one of a shelf, and one that says what is an asset's own code too. */
export const blankCodes = ['L-1', 'L-2'] as const;
export const labelCodes = [...blankCodes, 'S-1', 'A-1'] as const;

const target: fc.Arbitrary<LabelTarget> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(...caseIds, ...itemIds).map((id) => ({ kind: 'asset' as const, id })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...locationIds).map((id) => ({ kind: 'location' as const, id })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<LabelTarget>(
      { kind: 'asset', id: testId<AssetId>('asset', 99) },
      { kind: 'location', id: testId<StorageLocationId>('location', 99) },
    ),
  },
);

const common = { code: fc.constantFrom(...labelCodes), observed: fc.option(target, { freq: 2 }) };

export const arbitraryLabelIntent: fc.Arbitrary<AssignLabel | RetireLabel> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('assign_label' as const), ...common, target }) },
  fc.record({ kind: fc.constant('retire_label' as const), ...common }),
);
