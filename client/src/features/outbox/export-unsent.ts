import { type OperationsFile, type Sha256, writeOperationsFile } from '@eventkit/proto/operations-file.ts';
import type { DeviceId, TenantId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { readDeviceState } from '#platform/replica/device-state.ts';
import type { Replica } from '#platform/replica/replica.ts';

export type ExportedFile = { readonly text: string; readonly count: number };

/**
 * What the server has not taken, as a file for an admin to bring in. Needs neither network nor session, and takes
 * nothing away: what is in the file goes up all the same when it can, and takes effect once.
 */
export async function exportUnsent(
  replica: Replica,
  of: {
    readonly tenantId: TenantId;
    readonly deviceId: DeviceId;
    readonly deviceName: string;
    readonly appVersion: string;
    readonly madeAt: Instant;
    readonly sha256: Sha256;
  },
): Promise<ExportedFile> {
  const { sha256, ...header } = of;
  const { epoch } = await readDeviceState(replica, ['epoch']);
  const operations = await replica.getAll<OperationsFile['operations'][number]>(
    `SELECT operation_id AS id, sequence, envelope FROM outbox WHERE state <> 'answered' ORDER BY sequence`,
  );
  const text = await writeOperationsFile({ ...header, epoch: epoch ?? '', operations }, sha256);
  return { text, count: operations.length };
}

export const webSha256: Sha256 = async (bytes) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
