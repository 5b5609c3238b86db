import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import { emptyWorkingSet } from '@eventkit/shared/operations/working-set.ts';
import type { Subject } from '@eventkit/shared/schema/subject-ledgers.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSubjects } from './subject-rows.ts';
import { openUploadDatabase, type UploadDatabase } from './testing/upload-database.ts';
import { createUploadTenant } from './testing/upload-tenant.ts';

let database: UploadDatabase;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());

describe('locking subjects', () => {
  test('a batch that speaks of thousands of them takes no more locks than the server has room for', async () => {
    const { tenantId, caller } = await createUploadTenant(database.ownerPool, 'many subjects');
    const subjects = Array.from({ length: 5_000 }, (_, n): Subject => ({ ledger: 'bulk', id: `stock ${n}` }));
    const scope = { tenantId, userId: caller.userId, deviceId: null, operationId: null, requestId: null };
    const held = await withTenant(database.pool, scope, async (tx) => {
      await loadSubjects(tx, tenantId, subjects, emptyWorkingSet());
      const { rows } = await tx.query<{ count: number }>({
        text: `SELECT count(*)::int AS count FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()`,
        values: [],
      });
      return rows[0]?.count;
    });
    expect(held).toBe(256);
  });
});
