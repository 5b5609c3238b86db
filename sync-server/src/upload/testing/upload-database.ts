import { createPool } from '@eventkit/database/pool.ts';
import { createTestDatabase } from '@eventkit/database/testing/test-database.ts';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { subjectTableNames } from '@eventkit/shared/schema/subject-ledgers.ts';
import type { Pool } from 'pg';
import { applyBatch } from '#upload/apply-batch.ts';
import type { DeviceReport } from '#upload/device-progress-store.ts';
import type { Caller } from '#upload/people-store.ts';
import { createPostgresBatchStore } from '#upload/postgres-batch-store.ts';
import type { PushedOperation } from '#upload/read-pushed.ts';
import type { OperationOutcome } from '#upload/store-batch.ts';
import { instantAt, pushedOf } from './test-device.ts';
import type { UploadTenant } from './upload-tenant.ts';

/** A database of its own with connections as owner and as the app. */
export type UploadDatabase = {
  readonly ownerUrl: string;
  readonly ownerPool: Pool;
  readonly pool: Pool;
  close(): Promise<void>;
};

export async function openUploadDatabase({ connections = 8 } = {}): Promise<UploadDatabase> {
  const database = await createTestDatabase();
  const url = database.ownerUrl;
  const ownerPool = createPool({ url, role: 'owner', max: 2, applicationName: 'upload-test-owner' });
  const pool = createPool({ url, role: 'eventkit_app', max: connections, applicationName: 'upload-test' });
  return {
    ownerUrl: url,
    ownerPool,
    pool,
    async close() {
      await Promise.all([ownerPool.end(), pool.end()]);
      await database.drop();
    },
  };
}

/** A day after the first operations of test devices. */
export const testClock = { wallMs: () => Date.parse(instantAt(24 * 60)) };

/** Of a device with nothing left to send. */
export const testReport: DeviceReport = {
  queueLength: 0,
  oldestWaitingAt: null,
  recordedSequence: 0,
  appVersion: 'test',
};

/**
 * So few that the short histories of tests are decided in parts too; a server keeps the standing of an asset after some
 * hundred facts.
 */
const FEW_FACTS = 2;

/** Pushes operations for a device of the tenant; throws where the device is refused. */
export async function push(
  pool: Pool,
  caller: Caller,
  deviceId: DeviceId,
  operations: readonly (Operation | PushedOperation)[],
  { factsBetweenStandings = FEW_FACTS } = {},
): Promise<readonly OperationOutcome[]> {
  const store = createPostgresBatchStore(pool, { factsBetweenStandings });
  const result = await applyBatch({ store, clock: testClock }, caller, {
    deviceId,
    operations: operations.map((one) => ('intent' in one ? pushedOf(one) : one)),
    report: testReport,
  });
  if (!result.ok) throw new Error(`refused: ${result.error.kind}`);
  return result.value;
}

/** What a tenant's ledger holds, with nothing in it that depends on the order of arrival. */
export type LedgerRows = {
  readonly assets: readonly Record<string, unknown>[];
  readonly movements: readonly Record<string, unknown>[];
  readonly conflicts: readonly Record<string, unknown>[];
  /** Every table of the subject ledgers. */
  readonly subjects: readonly (readonly Record<string, unknown>[])[];
};

export async function readLedger(
  ownerPool: Pool,
  { tenantId }: Pick<UploadTenant, 'tenantId'>,
): Promise<LedgerRows> {
  const rowsOf = async (table: string, ...without: string[]) => {
    const { rows } = await ownerPool.query<{ row: Record<string, unknown> }>(
      // Of a deleted row nobody sees what its fields were; they come from its facts again when it is restored.
      `SELECT CASE WHEN to_jsonb(t) ->> 'deleted_at' IS NULL THEN to_jsonb(t) - 'tenant_id' - $2::text[]
         ELSE jsonb_build_object('id', t.id, 'is_deleted', true) END AS row
       FROM ${table} t WHERE tenant_id = $1 ORDER BY id`,
      [tenantId, without],
    );
    return rows.map(({ row }) => row);
  };
  return {
    assets: await rowsOf('assets', 'created_at'),
    movements: await rowsOf('movements', 'received_at'),
    conflicts: await rowsOf('conflicts'),
    subjects: await Promise.all(subjectTableNames.map((table) => rowsOf(table, 'received_at', 'created_at'))),
  };
}
