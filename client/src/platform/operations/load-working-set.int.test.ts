import type { AssetId, OperationId } from '@eventkit/shared/kernel/ids.ts';
import { type ReadRequest, readNothing } from '@eventkit/shared/operations/working-set.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { download, openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import { idOf } from '#platform/testing/test-ids.ts';
import {
  assetIdOf,
  caseIdOf,
  checkOut,
  codeOf,
  gala,
  newStock,
  scanOf,
  shelf,
} from '#platform/testing/test-stock.ts';
import { loadWorkingSet } from './load-working-set.ts';
import { recordOperation } from './record-operation.ts';

describe('loading what an operation is decided on', () => {
  let device: TestDevice;
  beforeEach(async () => {
    device = await openTestDevice();
    await download(device.replica, newStock({ assetCount: 5, caseCount: 6 }));
  });
  afterEach(() => device.close());

  const load = (request: Partial<ReadRequest>) =>
    loadWorkingSet(device.replica, { ...readNothing, ...request });
  const pack = (caseNumber: number, ...ids: AssetId[]) =>
    recordOperation(device.capabilities, {
      kind: 'pack',
      caseId: caseIdOf(caseNumber),
      members: ids.map((assetId) => ({ ...scanOf(1), code: assetId, assetId })),
    });

  it('brings what was named and exists, and nothing of the rest', async () => {
    const found = await load({
      assetIds: [assetIdOf(1), idOf(4, 99) as AssetId],
      codes: [codeOf('A', 2), 'NOBODY-KNOWS'],
      unnamedCodes: [codeOf('A', 2), 'NOBODY-KNOWS'],
      eventIds: [gala],
      locationIds: [shelf],
    });
    expect([...found.assetsById.keys()].sort()).toEqual([assetIdOf(1), assetIdOf(2)]);
    expect([...found.assetIdsByCode]).toEqual([[codeOf('A', 2), assetIdOf(2)]]);
    expect([...found.knownEventIds, ...found.knownLocationIds]).toEqual([gala, shelf]);
  });

  it('follows cases through cases, down and up, but not what merely lies in them', async () => {
    await pack(2, caseIdOf(1), assetIdOf(1));
    await pack(3, caseIdOf(2));
    await pack(5, caseIdOf(4));
    for (const number of [1, 2, 3]) {
      const found = await load({ assetIds: [caseIdOf(number)] });
      expect([...found.assetsById.keys()].sort()).toEqual([caseIdOf(1), caseIdOf(2), caseIdOf(3)]);
    }
    const inside = await load({ assetIds: [assetIdOf(1)] });
    expect([...inside.assetsById.keys()]).toEqual([assetIdOf(1)]);
    expect(inside.movementsByAssetId.get(assetIdOf(1))).toHaveLength(1);
  });

  it('finds what is to be taken back: movements, or the unknown code', async () => {
    const moved = await recordOperation(device.capabilities, checkOut(1, gala));
    const unknown = await recordOperation(device.capabilities, {
      ...checkOut(1, gala),
      asset: { code: 'X', assetId: null, observed: null },
    });
    if (!moved.ok || !unknown.ok) throw new Error('not recorded');
    const operationIds = [moved.value.operation.id, unknown.value.operation.id];
    const found = await load({ operationIds });
    expect(found.assetIdsByOperationId.get(moved.value.operation.id)).toEqual([assetIdOf(1)]);
    expect([...found.waitingMovements.keys()]).toEqual([`${unknown.value.operation.id}:0`]);
    expect(found.subjectsByKey.get('labels:X')?.conflicts).toHaveLength(1);
  });

  it('reads no table from end to end', async () => {
    const statements: { sql: string; parameters: unknown[] }[] = [];
    const recorder = {
      get: (sql: string, parameters: unknown[] = []) => {
        statements.push({ sql, parameters });
        return device.replica.get(sql, parameters);
      },
      getAll: (sql: string, parameters: unknown[] = []) => {
        statements.push({ sql, parameters });
        return device.replica.getAll(sql, parameters);
      },
    };
    const operationIds = [idOf(30, 1) as OperationId];
    const subjects = [{ ledger: 'labels' as const, id: 'Y' }];
    for (const request of [
      { ...readNothing, assetIds: [assetIdOf(1)], codes: ['X'], unnamedCodes: ['X'], eventIds: [gala] },
      { ...readNothing, operationIds, subjects },
    ]) {
      await loadWorkingSet(recorder as Parameters<typeof loadWorkingSet>[0], request);
    }
    const scanned: string[] = [];
    for (const { sql, parameters } of statements) {
      const plan = await device.replica.getAll<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
      scanned.push(...plan.flatMap(({ detail }) => /^SCAN (\w+)/.exec(detail)?.[1] ?? []));
    }
    const large = [
      'assets',
      'movements',
      'labels',
      'labels_overlay',
      'label_facts',
      'label_facts_overlay',
      'conflicts',
      'events',
      'storage_locations',
      'movements_overlay',
      'assets_overlay',
    ];
    expect(scanned.length).toBeGreaterThan(0);
    expect(scanned.filter((table) => large.includes(table))).toEqual([]);
  });
});
