import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceId, TenantId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { columnsOf } from '@eventkit/shared/schema/device-ddl.ts';
import type { SyncedTableName } from '@eventkit/shared/schema/synced-tables.ts';
import { noticeLostStorage } from '#platform/device/lost-storages.ts';
import { createStorageMemory, type StorageMemory } from '#platform/device/storage-memory.ts';
import { decideAllKinds } from '#platform/operations/decide-all-kinds.ts';
import type { RecordCapabilities } from '#platform/operations/record-operation.ts';
import { prepareBulkTables } from '#platform/replica/bulk-tables.ts';
import { openNodeReplica } from '#platform/replica/open-node-replica.ts';
import type { Replica } from '#platform/replica/replica.ts';
import { createTestStorage } from '#platform/scanner/testing/test-storage.ts';
import { createCorrectedClock } from '#platform/sync/corrected-clock.ts';
import { createTestClock, type TestClock } from './test-clock.ts';
import { createTestIds, idOf } from './test-ids.ts';
import { anna, type TableRows } from './test-stock.ts';

export type TestDevice = {
  readonly replica: Replica;
  readonly clock: TestClock;
  /** What `recordOperation` wants. */
  readonly capabilities: RecordCapabilities;
  readonly deviceId: DeviceId;
  /** What outlives its storage. */
  readonly memory: StorageMemory;
  /** Its storage is gone, as after an eviction; it comes back empty. */
  evict(): Promise<TestDevice>;
  /** Closes and opens the same files again, as after a kill. */
  reopen(): Promise<TestDevice>;
  close(): Promise<void>;
};

/**
 * A device of its own in a temporary folder, its clock at noon, indexed as after the first download. Close it: the
 * folder goes with it. `fetch` is its network.
 */
export async function openTestDevice(number = 1, fetch = globalThis.fetch): Promise<TestDevice> {
  const folder = await mkdtemp(join(tmpdir(), 'eventkit-device-'));
  const memory = createStorageMemory(createTestStorage(), 'tenant' as TenantId);
  return openIn(folder, number, { newId: createTestIds(number), fetch, memory });
}

type Parts = {
  readonly newId: () => string;
  readonly fetch: typeof globalThis.fetch;
  readonly memory: StorageMemory;
};

async function openIn(folder: string, number: number, parts: Parts): Promise<TestDevice> {
  const { newId, fetch, memory } = parts;
  const deviceId = idOf(9, number) as DeviceId;
  const replica = await openNodeReplica({
    folder,
    fileName: `${deviceId}.db`,
    deviceId,
    newId,
    fetch,
    logger: silence,
  });
  await prepareBulkTables(replica);
  const clock = createTestClock(Date.UTC(2026, 10, 22, 12));
  await noticeLostStorage(replica, memory, instantOfMs(clock.wallMs()));
  return {
    replica,
    clock,
    deviceId,
    memory,
    async evict() {
      await replica.close();
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder);
      return openIn(folder, number, parts);
    },
    capabilities: {
      replica,
      findDeciding: async () => decideAllKinds,
      clock: createCorrectedClock(clock, 0),
      newId,
      identity: { deviceId, userId: anna },
    },
    async reopen() {
      await replica.close();
      return openIn(folder, number, parts);
    },
    async close() {
      await replica.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A cut cable is nothing that a test report should dwell on. */
const silence = {
  log() {
    return undefined;
  },
};

/** Puts rows into the synced tables as a download would. */
export async function download(replica: Replica, tables: readonly TableRows[]): Promise<void> {
  await replica.writeTransaction(async (tx) => {
    for (const { table, rows } of tables) {
      const columns = columnsOf(table as SyncedTableName);
      const values = columns.map((column) => `row.value ->> '${column}'`);
      const updates = columns.slice(1).map((column) => `${column} = excluded.${column}`);
      await tx.execute(
        `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM json_each(?) AS row WHERE true
          ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`,
        [JSON.stringify(rows)],
      );
    }
  });
}
