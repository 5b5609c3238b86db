import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { readsOf } from '@eventkit/shared/operations/reads-of.ts';
import { emptyWorkingSet, type WorkingSet } from '@eventkit/shared/operations/working-set.ts';
import { subjectKey } from '@eventkit/shared/schema/subject-ledgers.ts';
import { loadWorkingSet } from '@eventkit/shared/test/memory-ledger.ts';
import { LocksOutgrown } from '@eventkit/sync-server/upload/lock-assets.ts';
import type { TenantTables } from './memory-database.ts';
import type { Locks } from './memory-locks.ts';

/**
 * What a batch needs, locked as `load-working-set.ts` has it: all labels together, alone for a batch that may change
 * one; then its other subjects, whether there is a row of them or not; then its assets; each in the order of their names.
 */
export async function loadBatch(
  tenant: TenantTables,
  { locks, owner }: { locks: Locks; owner: symbol },
  operations: readonly Operation[],
): Promise<WorkingSet> {
  const subjects = subjectsOf(tenant, operations);
  const isOfLabel = (key: string) => key.startsWith('labels:');
  await locks.take(owner, 'labels', { isShared: !subjects.some(isOfLabel) });
  for (const key of subjects) if (!isOfLabel(key)) await locks.take(owner, key);
  const known = assetIdsOf(loadAll(tenant, operations));
  for (const id of [...known].sort()) await locks.take(owner, `asset ${id}`);
  const loaded = loadAll(tenant, operations);
  const isOutgrown = [...assetIdsOf(loaded)].some((id) => !known.has(id));
  if (isOutgrown) throw new LocksOutgrown('assets were linked meanwhile');
  return loaded;
}

function assetIdsOf({ assetsById }: WorkingSet): ReadonlySet<AssetId> {
  return new Set(assetsById.keys());
}

/** The keys of everything that these operations speak of but assets, or may undo; what they undo never changes. */
function subjectsOf(tenant: TenantTables, operations: readonly Operation[]): readonly string[] {
  const { subjectsByOperationId } = tenant.ledger;
  const subjects = operations
    .map(readsOf)
    .flatMap((reads) => [
      ...reads.subjects,
      ...reads.operationIds.flatMap((id) => subjectsByOperationId.get(id) ?? []),
    ]);
  return [...new Set(subjects.map(subjectKey))].sort();
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
