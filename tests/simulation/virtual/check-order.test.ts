import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { Place } from '@eventkit/shared/ledger/asset-state.ts';
import type { Intent } from '@eventkit/shared/operations/operation.ts';
import type { ApproveStocktake } from '@eventkit/shared/stocktake/stocktake-intents.ts';
import { testId, testInstant } from '@eventkit/shared/test/test-ids.ts';
import { testMovement } from '@eventkit/shared/test/test-movement.ts';
import { testOperation } from '@eventkit/shared/test/test-operation.ts';
import { uploadTenantOf } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import { describe, expect, test } from 'vitest';
import { checkOrder } from './check-order.ts';
import { emptyTenant } from './memory-database.ts';
import type { Acknowledged } from './shift.ts';
import type { World } from './world.ts';

const assetId = testId<AssetId>('asset', 1);
const shelf: Place = { kind: 'location', id: testId('location', 1) };
const move: Intent = {
  kind: 'move',
  asset: { code: 'A-1', assetId, observed: null },
  locationId: testId('location', 1),
};

describe('the order in which facts about one asset are in the log', () => {
  test('what was done after another thing and counts before it is found', () => {
    expect(violationsOf([done(1, move, { atS: 60 }), done(2, move, { atS: 40 })])).toHaveLength(1);
    expect(violationsOf([done(1, move, { atS: 40 }), done(2, move, { atS: 60 })])).toEqual([]);
  });

  test('[ST10] what a stocktake changes counts as of the count, long before it was approved', () => {
    const approval: ApproveStocktake = {
      kind: 'approve_stocktake',
      stocktakeId: testId('operation', 90),
      closeOperationId: testId('operation', 91),
      adjustments: [],
    };
    expect(violationsOf([done(1, approval, { atS: 600 }), done(2, move, { atS: 40 })])).toEqual([]);
  });
});

type Done = Acknowledged & { readonly effectiveAt: Instant };

/** The n-th in the log, done at some second by true time. */
function done(n: number, intent: Intent, { atS }: { readonly atS: number }): Done {
  const operation = testOperation(n, { intent });
  return { operation, atMs: atS * 1000, knowsTime: true, movementCount: 1, effectiveAt: testInstant(n) };
}

function violationsOf(acknowledged: readonly Done[]): string[] {
  const violations: string[] = [];
  const tables = emptyTenant(() => undefined);
  tables.ledger.movementsByAssetId.set(
    assetId,
    acknowledged.map(({ operation, effectiveAt }, index) =>
      testMovement(index + 1, { kind: 'move', to: shelf, assetId, operationId: operation.id, effectiveAt }),
    ),
  );
  const world = { violate: (rule: string, what: string) => violations.push(`${rule} ${what}`) };
  const tenant = uploadTenantOf('ordered');
  checkOrder(world as unknown as World, { tenant, tables, acknowledged, evicted: new Set() });
  return violations;
}
