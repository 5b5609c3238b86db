import { err, ok } from '@eventkit/shared/kernel/result.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { describe, expect, test } from 'vitest';
import type { ReadOperation } from './read-pushed.ts';
import { sortOut } from './sort-out.ts';
import type { StoredOperation } from './stored-operations.ts';

const userIds = new Set(['eva']);

function pushed(id: string, sequence: number, bytes: number, recordedBy = 'eva'): ReadOperation {
  const operation = { id, epoch: 'e1', sequence, recordedBy } as unknown as Operation;
  return { id, envelope: Uint8Array.of(bytes), reading: ok(operation), numbered: operation };
}

function stored(id: string, sequence: number, bytes: number, isOfThisDevice = true): StoredOperation {
  const judged = { verdict: 'applied', reason: null } as const;
  return { id, epoch: 'e1', sequence, isOfThisDevice, envelope: Uint8Array.of(bytes), ...judged };
}

/** The kinds, and for what is kept the problem. */
function told(batch: readonly ReadOperation[], before: readonly StoredOperation[] = []): string[] {
  return sortOut(batch, { stored: before, userIds }).map((one) =>
    one.kind === 'kept' ? one.problem.kind : one.kind,
  );
}

describe('sortOut', () => {
  test('[UP1] tells new operations, repeats and twins apart', () => {
    const batch = [pushed('a', 1, 1), pushed('b', 2, 2), pushed('b', 2, 2)];
    expect(told(batch, [stored('a', 1, 1)])).toEqual(['repeat', 'fresh', 'twin']);
  });

  test('[UP5] the same id with other bytes, or of another device, is a fault', () => {
    expect(told([pushed('a', 1, 9)], [stored('a', 1, 1)])).toEqual(['same_id_other_content']);
    expect(told([pushed('a', 1, 1)], [stored('a', 1, 1, false)])).toEqual(['same_id_other_content']);
    expect(told([pushed('a', 1, 1), pushed('a', 1, 9)])).toEqual(['fresh', 'same_id_other_content']);
  });

  test('[UP6] a number is taken once, before or within the batch', () => {
    expect(told([pushed('b', 1, 2)], [stored('a', 1, 1)])).toEqual(['same_sequence_other_id']);
    expect(told([pushed('a', 1, 1), pushed('b', 1, 2)])).toEqual(['fresh', 'same_sequence_other_id']);
  });

  test('[UP6] the same number of another device takes nothing away', () => {
    expect(told([pushed('b', 1, 2)], [stored('a', 1, 1, false)])).toEqual(['fresh']);
  });

  test('[UP7] what cannot be read takes neither an id nor a number', () => {
    const damaged: ReadOperation = {
      ...pushed('a', 1, 9),
      reading: err({ kind: 'unreadable', detail: 'damaged' }),
    };
    expect(told([damaged, pushed('a', 1, 1)])).toEqual(['unreadable', 'fresh']);
    expect(told([pushed('a', 1, 1, 'nobody'), pushed('b', 1, 2)])).toEqual(['unknown_person', 'fresh']);
  });
});
