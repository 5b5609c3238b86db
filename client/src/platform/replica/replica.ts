import type { CommonPowerSyncDatabase, LockContext, Transaction } from '@powersync/common';

/** The local database of a device, whichever SDK opened it. */
export type Replica = CommonPowerSyncDatabase;

/** What a statement can be run on: the replica's write transaction, or a lock without one. */
export type ReplicaTransaction = Transaction;
export type ReplicaConnection = LockContext;
