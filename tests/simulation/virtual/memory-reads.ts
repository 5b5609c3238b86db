import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { readsOf } from '@eventkit/shared/operations/reads-of.ts';
import { emptyWorkingSet, type WorkingSet } from '@eventkit/shared/operations/working-set.ts';
import { subjectKey } from '@eventkit/shared/schema/subject-ledgers.ts';
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

/**
 * What a batch needs: the codes that it reads or speaks of locked, then its other subjects, whether there is a row of
 * them or not, then its assets, each in the order of their names.
 */
export async function loadBatch(
  tenant: TenantTables,
  { locks, owner }: { locks: Locks; owner: symbol },
  operations: readonly Operation[],
): Promise<WorkingSet> {
  const labels = labelsOf(loadAll(tenant, operations), operations);
  for (const label of [...labels].sort()) await locks.take(owner, label);
  for (const subject of subjectsOf(tenant, operations)) await locks.take(owner, subject);
  const known = assetIdsOf(loadAll(tenant, operations));
  for (const id of [...known].sort()) await locks.take(owner, `asset ${id}`);
  const loaded = loadAll(tenant, operations);
  const isOutgrown =
    [...assetIdsOf(loaded)].some((id) => !known.has(id)) ||
    [...labelsOf(loaded, operations)].some((label) => !labels.has(label));
  if (isOutgrown) throw new LocksOutgrown('assets or labels were linked meanwhile');
  return loaded;
}

function assetIdsOf({ assetsById }: WorkingSet): ReadonlySet<AssetId> {
  return new Set(assetsById.keys());
}

/** The keys of all labels that these operations read, and of those that they may change or undo. */
function labelsOf({ subjectsByKey }: WorkingSet, operations: readonly Operation[]): ReadonlySet<string> {
  const read = operations.flatMap((operation) => readsOf(operation).codes.map((code) => `labels:${code}`));
  return new Set([...read, ...[...subjectsByKey.keys()].filter((key) => key.startsWith('labels:'))]);
}

/** The keys of everything else that these operations speak of, or may undo; what they undo never changes. */
function subjectsOf(tenant: TenantTables, operations: readonly Operation[]): readonly string[] {
  const { subjectsByOperationId } = tenant.ledger;
  const subjects = operations
    .map(readsOf)
    .flatMap((reads) => [
      ...reads.subjects,
      ...reads.operationIds.flatMap((id) => subjectsByOperationId.get(id) ?? []),
    ]);
  return [...new Set(subjects.filter(({ ledger }) => ledger !== 'labels').map(subjectKey))].sort();
}

function loadAll(tenant: TenantTables, operations: readonly Operation[]): WorkingSet {
  const all = emptyWorkingSet();
  for (const operation of operations) {
    merge(all, loadWorkingSet(tenant.ledger, operation));
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
