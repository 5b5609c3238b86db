import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import type { MoveBulk, Operation } from '@eventkit/shared/operations/operation.ts';
import { testOperation } from '@eventkit/shared/test/arbitrary-operations.ts';
import type { BatchTransaction } from '@eventkit/sync-server/upload/batch-store.ts';
import { describe, expect, test } from 'vitest';
import { createMemoryBatchStore, type DatabaseFaults } from './memory-batch-store.ts';
import { createLocks } from './memory-reads.ts';
import { createVirtualCompany } from './virtual-company.ts';

const company = () => createVirtualCompany('locked', { users: 1, devices: 2 }, () => undefined);
const never: DatabaseFaults = {
  connect: () => ({ beforeStatement: async () => undefined, afterCommit: async () => undefined }),
  breaksRule: () => false,
  nowMs: () => 0,
};

describe('the database of a simulated server', () => {
  test('[UP17] two batches about one stock, of which there is no row yet, wait for one another', async () => {
    const { tenant, tables } = company();
    const store = createMemoryBatchStore(() => tables, createLocks(), never);
    const operation = movesCable(tenant);
    const happened: string[] = [];
    const taken = (name: string, device: number, work: (tx: BatchTransaction) => Promise<void>) =>
      store.inTransaction(tenant.caller, tenant.deviceIds[device] as DeviceId, async (tx) => {
        await tx.loadWorkingSet([operation]);
        happened.push(`${name} has it`);
        await work(tx);
        happened.push(`${name} commits`);
      });
    let second: Promise<void> = Promise.resolve();
    await taken('first', 0, async () => {
      second = taken('second', 1, async () => undefined);
      await turns();
    });
    await second;
    expect(happened).toEqual(['first has it', 'first commits', 'second has it', 'second commits']);
  });
});

function movesCable({ productId, locationIds, eventIds }: ReturnType<typeof company>['tenant']): Operation {
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
