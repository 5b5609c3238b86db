import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import type { Pool } from 'pg';
import { writeStandings } from './asset-standings.ts';
import type { BatchStore } from './batch-store.ts';
import { findProgress, lockDevice, writeLost, writeProgress, writeReport } from './device-progress-store.ts';
import { findSharing } from './enrolments-store.ts';
import { loadWorkingSet } from './load-working-set.ts';
import { findPeople } from './people-store.ts';
import { FACTS_BETWEEN_STANDINGS, planStandings } from './plan-standings.ts';
import { findStored, keepUnread } from './stored-operations.ts';
import { writeDecisions } from './write-decisions.ts';

/**
 * Operations are taken in by PostgreSQL, under row-level security; connections as eventkit_app. What an asset's history
 * came to is kept after about every so many facts of it.
 */
export function createPostgresBatchStore(
  pool: Pool,
  { factsBetweenStandings = FACTS_BETWEEN_STANDINGS } = {},
): BatchStore {
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
            findSharing: (enrolmentIds) => findSharing(tx, of, enrolmentIds),
            findProgress: (epoch) => findProgress(tx, of, epoch),
            loadWorkingSet: (operations, span) => loadWorkingSet(tx, of, operations, span),
            writeDecisions: (decided) => writeDecisions(tx, { tenantId, sentBy: userId }, decided),
            keepStandings: (loaded, decided) =>
              writeStandings(tx, tenantId, planStandings(loaded, decided, factsBetweenStandings)),
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
