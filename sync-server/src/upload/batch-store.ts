import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import type { WorkingSet } from '@eventkit/shared/operations/working-set.ts';
import type { Span } from './asset-standings.ts';
import type { DecidedOperation } from './decided-operation.ts';
import type {
  CountedStorage,
  DeviceStanding,
  EpochProgress,
  StorageReport,
} from './device-progress-store.ts';
import type { Sharing } from './enrolments-store.ts';
import type { Caller, People } from './people-store.ts';
import type { SeenSequences } from './record-sequences.ts';
import type { KeptUnread, Numbered, StoredOperation } from './stored-operations.ts';

/** Where operations are taken in: PostgreSQL, or the memory of a simulation. */
export type BatchStore = {
  /**
   * Runs `work` in one transaction on behalf of the caller and the device. Commits what it did or, when it throws,
   * nothing. Errors of the database come as `pg.DatabaseError`.
   */
  inTransaction<T>(
    caller: Caller,
    deviceId: DeviceId,
    work: (tx: BatchTransaction) => Promise<T>,
  ): Promise<T>;
};

export type LoadedHistories = {
  readonly workingSet: WorkingSet;
  /** True where every history in it is whole, whatever is kept of it. */
  readonly areWhole: boolean;
};

/**
 * What storing a batch asks of the database. What is asked without waiting is sent at once and answered in that order;
 * it has to be waited for with `together`.
 */
export type BatchTransaction = {
  /** Locks the device until the transaction ends: its batches are stored one after the other. */
  lockDevice(): Promise<DeviceStanding>;
  /** Operations of the tenant that bear one of the ids, or of this device that bear one of the numbers. */
  findStored(batch: readonly Numbered[]): Promise<readonly StoredOperation[]>;
  findPeople(userIds: readonly string[]): Promise<People>;
  /** How the device is shared, with those of the named enrolments that are of this device. */
  findSharing(enrolmentIds: readonly string[]): Promise<Sharing>;
  /** Which numbers of one local storage have come so far. */
  findProgress(epoch: string): Promise<SeenSequences>;
  /**
   * Loads what the operations need, and locks its assets. Of long histories it may load the part around the span alone,
   * when the operations happened; where that is null it loads the whole of each.
   */
  loadWorkingSet(operations: readonly Operation[], span: Span | null): Promise<LoadedHistories>;
  writeDecisions(decided: readonly DecidedOperation[]): readonly Promise<unknown>[];
  /** Keeps what long histories came to, and forgets what holds no longer. */
  keepStandings(loaded: LoadedHistories, decided: readonly DecidedOperation[]): readonly Promise<unknown>[];
  /** Keeps what could not be taken, with its bytes. The first of several with one id is the one that is kept. */
  keepUnread(kept: readonly KeptUnread[], receivedAt: string): Promise<unknown>;
  /** Which numbers of one local storage have come now. */
  writeProgress(progress: EpochProgress): Promise<unknown>;
  /** How the device is, by its own word, and that it was heard. */
  writeReport(report: StorageReport): Promise<unknown>;
  /** A local storage that is gone; its numbers count as given. */
  writeLost(lost: CountedStorage): Promise<unknown>;
};
