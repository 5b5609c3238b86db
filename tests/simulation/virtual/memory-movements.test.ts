import type { AssetId, OperationId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { testId } from '@eventkit/shared/test/test-ids.ts';
import { testMovement } from '@eventkit/shared/test/test-movement.ts';
import { expect, test } from 'vitest';
import { emptyTenant } from './memory-database.ts';
import { putMovement, retargetMovement } from './memory-movements.ts';
import type { PendingWrites } from './memory-writes.ts';

test('[LB3] what an operation moved is known when its members come to be about one another’s assets', () => {
  const tenant = emptyTenant(() => undefined);
  const ids = [1, 2, 3].map((n) => testId<AssetId>('asset', n));
  const members = ids.map((assetId, index) => {
    const movement = testMovement(1, { kind: 'move', to: null, assetId });
    return { ...movement, id: `${movement.operationId}:${index}` as typeof movement.id };
  });
  for (const movement of members) putMovement(tenant, movement);
  const pending: PendingWrites = { steps: [], changes: [] };
  const cause = {
    operationId: testId<OperationId>('operation', 2),
    recordedBy: testId<UserId>('user', 1),
  };
  for (const [index, movement] of members.entries()) {
    const row = { ...movement, assetId: ids[(index + 1) % 3] as AssetId };
    retargetMovement(tenant, { row, cause }, pending, (table, rowId) => ({
      table,
      rowId,
      operationId: cause.operationId,
      userId: '',
      deviceId: '',
    }));
  }
  for (const step of pending.steps) step();
  const moved = tenant.ledger.assetIdsByOperationId.get(testId('operation', 1)) ?? [];
  expect(moved.toSorted()).toEqual(ids);
});
