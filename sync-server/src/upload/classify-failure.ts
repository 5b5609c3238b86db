import pg from 'pg';
import { LocksOutgrown } from './lock-assets.ts';

/**
 * again: another transaction was in the way; the same work will succeed. operation: what was written broke a
 * rule of the database, so one of the operations is at fault. unavailable: nobody's fault but ours; the device waits.
 */
export type FailureKind = 'again' | 'operation' | 'unavailable';

/** Thrown where deciding one known operation failed, so that nobody has to search for it. */
export class OperationFailure extends Error {
  readonly operationId: string;

  constructor(operationId: string, cause: unknown) {
    super(`operation ${operationId} could not be decided: ${messageOf(cause)}`, { cause });
    this.name = 'OperationFailure';
    this.operationId = operationId;
  }
}

/** Thrown where the batch has to come again later: nothing of it was stored. */
export class Unavailable extends Error {
  constructor(cause: unknown) {
    super(`operations cannot be stored now: ${messageOf(cause)}`, { cause });
    this.name = 'Unavailable';
  }
}

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const UNIQUE_VIOLATION = '23505';
/** Data exception, integrity violation, program limit exceeded, raised by a function of ours. */
const CLASSES_OF_BAD_DATA = ['22', '23', '54', 'P0'];

/**
 * Tells whose fault a failed transaction is, by PostgreSQL's error classes (appendix A of its manual). A missing
 * table or right is ours, not the operation's: blaming the operation would set every scan aside after a bad release.
 */
export function classifyFailure(error: unknown): FailureKind {
  if (error instanceof OperationFailure) return 'operation';
  if (error instanceof LocksOutgrown) return 'again';
  if (!(error instanceof pg.DatabaseError) || error.code === undefined) return 'unavailable';
  if (error.code === SERIALIZATION_FAILURE || error.code === DEADLOCK_DETECTED) return 'again';
  // Two connections brought the same operation at once: the second finds it stored when it looks again.
  if (error.code === UNIQUE_VIOLATION && error.table === 'operations') return 'again';
  return CLASSES_OF_BAD_DATA.includes(error.code.slice(0, 2)) ? 'operation' : 'unavailable';
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
