import type { Operation } from '@eventkit/shared/operations/operation.ts';
import type { Problem } from './problem.ts';
import type { PushedOperation, ReadOperation } from './read-pushed.ts';
import type { StoredOperation } from './stored-operations.ts';

/** What is to be done with one pushed operation. */
export type Sorted =
  | { readonly kind: 'fresh'; readonly operation: Operation; readonly envelope: Uint8Array }
  | { readonly kind: 'repeat'; readonly of: StoredOperation }
  /** The same bytes once more within one batch: whatever becomes of the first. */
  | { readonly kind: 'twin'; readonly of: string }
  | { readonly kind: 'kept'; readonly problem: Problem };

/** What is already known about the ids, numbers and people of a batch. */
export type Known = {
  readonly stored: readonly StoredOperation[];
  readonly userIds: ReadonlySet<string>;
};

/**
 * Tells repeats, faults and new operations of a batch apart. The answer is one entry for each operation, in the order
 * of the batch. An id and a number are taken once: what comes later under the same and is not the same is a fault.
 */
export function sortOut(batch: readonly ReadOperation[], { stored, userIds }: Known): readonly Sorted[] {
  const storedById = new Map(stored.map((operation) => [operation.id, operation]));
  const takenNumbers = new Set(stored.filter((one) => one.isOfThisDevice).map(numberKey));
  const takenById = new Map<string, PushedOperation>();

  return batch.map((entry): Sorted => {
    const { reading, envelope, id } = entry;
    if (!reading.ok) return kept(reading.error);
    const before = storedById.get(id);
    if (before !== undefined) {
      const isRepeat = before.isOfThisDevice && sameBytes(before.envelope, envelope);
      return isRepeat ? { kind: 'repeat', of: before } : kept(fault('same_id_other_content'));
    }
    const twin = takenById.get(id);
    if (twin !== undefined) {
      const isTwin = sameBytes(twin.envelope, envelope);
      return isTwin ? { kind: 'twin', of: id } : kept(fault('same_id_other_content'));
    }
    const operation = reading.value;
    if (takenNumbers.has(numberKey(operation))) return kept(fault('same_sequence_other_id'));
    if (!userIds.has(operation.recordedBy)) {
      return kept({ kind: 'unknown_person', detail: operation.recordedBy });
    }
    takenById.set(id, entry);
    takenNumbers.add(numberKey(operation));
    return { kind: 'fresh', operation, envelope };
  });
}

function kept(problem: Problem): Sorted {
  return { kind: 'kept', problem };
}

function fault(kind: 'same_id_other_content' | 'same_sequence_other_id'): Problem {
  return { kind, detail: null };
}

function numberKey({ epoch, sequence }: { epoch: string; sequence: number }): string {
  return `${epoch} ${sequence}`;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
