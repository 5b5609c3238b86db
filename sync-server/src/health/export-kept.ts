import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import { writeOperationsFile } from '@eventkit/proto/operations-file.ts';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import type { Pool } from 'pg';
import type { Caller } from '#upload/people-store.ts';
import { listKeptOfDevice } from './kept-operations-store.ts';
import { readTold } from './read-told.ts';
import { sha256 } from './sha256.ts';

/** What is kept of a device, as the text of a file (rule SH12); null where nothing is, or it is no device of the company. */
export async function exportKept(
  { pool, clock }: { readonly pool: Pool; readonly clock: Pick<Clock, 'wallMs'> },
  { tenantId, userId, requestId }: Caller,
  deviceId: string,
): Promise<string | null> {
  const scope = { tenantId, userId, deviceId: null, operationId: null, requestId };
  const rows = await withTenant(pool, scope, (tx) => listKeptOfDevice(tx, tenantId, deviceId), {
    isReadOnly: true,
  });
  const [first] = rows;
  if (first === undefined) return null;
  const file = {
    tenantId,
    deviceId,
    deviceName: first.deviceName,
    epoch: '',
    madeAt: instantOfMs(clock.wallMs()),
    appVersion: 'server',
    operations: rows.map(({ id, envelope }) => ({
      id,
      sequence: readTold(envelope).sequence,
      envelope: new Uint8Array(envelope),
    })),
  };
  return writeOperationsFile(file, sha256);
}
