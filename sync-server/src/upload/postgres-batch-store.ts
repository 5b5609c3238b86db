import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import type { Pool } from 'pg';
import type { BatchStore } from './batch-store.ts';
import { findProgress, lockDevice, writeLost, writeProgress, writeReport } from './device-progress-store.ts';
import { loadWorkingSet } from './load-working-set.ts';
import { findPeople } from './people-store.ts';
import { findStored, keepUnread } from './stored-operations.ts';
import { writeDecisions } from './write-decisions.ts';

/** Operations are taken in by PostgreSQL, under row-level security; connections as eventkit_app. */
export function createPostgresBatchStore(pool: Pool): BatchStore {
  return {
    inTransaction(caller, deviceId, work) {
      const { tenantId, userId, requestId } = caller;
      const of = { tenantId, deviceId };
      return withTenant(
        pool,
        { ...of, userId, operationId: null, requestId },
        (tx) =>
          work({
            lockDevice: () => lockDevice(tx, of),
            findStored: (batch) => findStored(tx, of, batch),
            findPeople: (userIds) => findPeople(tx, caller, userIds),
            findProgress: (epoch) => findProgress(tx, of, epoch),
            loadWorkingSet: (operations) => loadWorkingSet(tx, of, operations),
            writeDecisions: (decided) => writeDecisions(tx, { tenantId, sentBy: userId }, decided),
            keepUnread: (kept, receivedAt) => keepUnread(tx, { ...of, sentBy: userId, receivedAt }, kept),
            writeProgress: (progress) => writeProgress(tx, of, progress),
            writeReport: (report) => writeReport(tx, of, report),
            writeLost: (lost) => writeLost(tx, of, lost),
          }),
        { avoidsTableScans: true },
      );
    },
  };
}
