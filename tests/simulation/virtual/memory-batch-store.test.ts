import type { MoveBulk } from '@eventkit/shared/bulk/bulk-intents.ts';
import type { AssetId, DeviceId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { testOperation } from '@eventkit/shared/test/test-operation.ts';
import type { BatchTransaction } from '@eventkit/sync-server/upload/batch-store.ts';
import type { UploadTenant } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import { describe, expect, test } from 'vitest';
import { createMemoryBatchStore, type DatabaseFaults } from './memory-batch-store.ts';
import { createLocks } from './memory-locks.ts';
import { createVirtualCompany } from './virtual-company.ts';

const company = () => createVirtualCompany('locked', { users: 1, devices: 2 }, () => undefined);
const never: DatabaseFaults = {
  connect: () => connected(() => false),
  breaksRule: () => false,
  nowMs: () => 0,
};

function connected(isLost: () => boolean) {
  return { isLost, beforeStatement: async () => undefined, afterCommit: async () => undefined };
}

describe('the database of a simulated server', () => {
  test.each([
    ['one stock, of which there is no row yet,', movesCable, movesCable],
    ['a label, which nobody has used yet, and what is read by it', assignsLabel, readsLabel],
  ])('[UP17] two batches about %s wait for one another', async (_, one, other) => {
    const { tenant, tables } = company();
    const store = createMemoryBatchStore(() => tables, createLocks(), never);
    const happened: string[] = [];
    const taken = (name: 'first' | 'second', work: (tx: BatchTransaction) => Promise<void>) =>
      store.inTransaction(tenant.caller, deviceOf(tenant, name), async (tx) => {
        await tx.loadWorkingSet([name === 'first' ? one(tenant) : other(tenant)], null);
        happened.push(`${name} has it`);
        await work(tx);
        happened.push(`${name} commits`);
      });
    let second: Promise<void> = Promise.resolve();
    await taken('first', async () => {
      second = taken('second', async () => undefined);
      await turns();
    });
    await second;
    expect(happened).toEqual(['first has it', 'first commits', 'second has it', 'second commits']);
  });

  test('[UP2] what was under way when the server died takes no locks from what comes after', async () => {
    const { tenant, tables } = company();
    let isDead = false;
    const store = createMemoryBatchStore(() => tables, createLocks(), {
      ...never,
      connect: () => connected(() => isDead),
    });
    const happened: string[] = [];
    const load = (name: 'first' | 'second') =>
      store.inTransaction(tenant.caller, deviceOf(tenant, name), async (tx) => {
        await tx.loadWorkingSet([movesCable(tenant)], null);
        happened.push(name);
      });
    void load('first');
    isDead = true;
    await turns();
    isDead = false;
    await load('second');
    expect(happened).toEqual(['second']);
  });
});

function deviceOf({ deviceIds }: UploadTenant, name: 'first' | 'second'): DeviceId {
  return deviceIds[name === 'first' ? 0 : 1] as DeviceId;
}

function assignsLabel({ assetIds }: UploadTenant): Operation {
  const [id] = assetIds as readonly [AssetId];
  const target = { kind: 'asset', id } as const;
  return testOperation(1, { intent: { kind: 'assign_label', code: 'X-1', target, observed: null } });
}

function readsLabel({ locationIds }: UploadTenant): Operation {
  const [locationId] = locationIds as readonly [StorageLocationId];
  const asset = { code: 'X-1', assetId: null, observed: null };
  return testOperation(2, { intent: { kind: 'move', asset, locationId } });
}

function movesCable({ productId, locationIds, eventIds }: UploadTenant): Operation {
  const [shelf, event] = [locationIds[0], eventIds[0]];
  if (shelf === undefined || event === undefined) throw new Error('the company has neither');
  const intent: MoveBulk = {
    kind: 'move_bulk',
    productId,
    quantity: 4,
    from: { kind: 'location', id: shelf },
    to: { kind: 'event', id: event },
    disposition: null,
    note: null,
  };
  return testOperation(1, { intent });
}

/** Whatever can go on without anybody else has done so by then. */
async function turns(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
