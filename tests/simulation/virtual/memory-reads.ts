import type { AssetId, DeviceId } from '@eventkit/shared/kernel/ids.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { emptyWorkingSet, type WorkingSet } from '@eventkit/shared/operations/working-set.ts';
import { loadWorkingSet } from '@eventkit/shared/test/memory-ledger.ts';
import { LocksOutgrown } from '@eventkit/sync-server/upload/lock-assets.ts';
import type { TenantTables } from './memory-database.ts';

/** Locks that a transaction holds until its end; who comes later waits in line. */
export type Locks = {
  take(owner: symbol, key: string): Promise<void>;
  releaseAll(owner: symbol): void;
  /** The database died: nobody holds anything, and who waited waits for ever. */
  forgetAll(): void;
};

export function createLocks(): Locks {
  type Lock = { owner: symbol; readonly waiting: { owner: symbol; go: () => void }[] };
  let locksByKey = new Map<string, Lock>();
  let keysByOwner = new Map<symbol, string[]>();
  const note = (owner: symbol, key: string) => {
    const keys = keysByOwner.get(owner);
    if (keys === undefined) keysByOwner.set(owner, [key]);
    else keys.push(key);
  };
  return {
    async take(owner, key) {
      const lock = locksByKey.get(key);
      if (lock?.owner === owner) return;
      note(owner, key);
      if (lock === undefined) locksByKey.set(key, { owner, waiting: [] });
      else await new Promise<void>((go) => lock.waiting.push({ owner, go }));
    },
    releaseAll(owner) {
      for (const key of keysByOwner.get(owner) ?? []) {
        const lock = locksByKey.get(key);
        if (lock?.owner !== owner) continue;
        const next = lock.waiting.shift();
        if (next === undefined) locksByKey.delete(key);
        else {
          lock.owner = next.owner;
          next.go();
        }
      }
      keysByOwner.delete(owner);
    },
    forgetAll() {
      locksByKey = new Map();
      keysByOwner = new Map();
    },
  };
}

/** What a batch needs, its assets locked in the order of their ids. */
export async function loadBatch(
  tenant: TenantTables,
  { locks, owner, deviceId }: { locks: Locks; owner: symbol; deviceId: DeviceId },
  operations: readonly Operation[],
): Promise<WorkingSet> {
  const known = assetIdsOf(loadAll(tenant, deviceId, operations));
  for (const id of [...known].sort()) await locks.take(owner, `asset ${id}`);
  const loaded = loadAll(tenant, deviceId, operations);
  for (const id of assetIdsOf(loaded)) {
    if (!known.has(id)) throw new LocksOutgrown('assets were linked meanwhile');
  }
  return loaded;
}

function assetIdsOf({ assetsById }: WorkingSet): ReadonlySet<AssetId> {
  return new Set(assetsById.keys());
}

function loadAll(tenant: TenantTables, deviceId: DeviceId, operations: readonly Operation[]): WorkingSet {
  const all = emptyWorkingSet();
  for (const operation of operations) {
    const loaded = loadWorkingSet(tenant.ledger, operation);
    for (const [key, value] of loaded.unknownCodesByOperationId) {
      // Only what the same device saw: nobody takes back the sighting of another.
      const isOwn = tenant.operationsById.get(key)?.operation.deviceId === deviceId;
      if (!isOwn) loaded.unknownCodesByOperationId.delete(key);
      else all.unknownCodesByOperationId.set(key, value);
    }
    merge(all, loaded);
  }
  return all;
}

/** Whatever maps and sets a working set is made of. */
function merge(into: WorkingSet, from: WorkingSet): void {
  for (const [name, value] of Object.entries(from)) {
    const target = into[name as keyof WorkingSet] as unknown;
    if (value instanceof Map)
      for (const [key, entry] of value) (target as Map<unknown, unknown>).set(key, entry);
    else for (const entry of value) (target as Set<unknown>).add(entry);
  }
}
