import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { together } from '@eventkit/database/together.ts';

/** What of a file's operations stands already, and what the device is called. Null where it is none of the company. */
export async function findStanding(
  tx: TenantTransaction,
  { tenantId }: { readonly tenantId: string },
  deviceId: string,
  operations: readonly { readonly id: string }[],
): Promise<{ readonly deviceName: string; readonly ids: ReadonlySet<string> } | null> {
  const [devices, stored] = await together([
    tx.query<{ name: string }>('SELECT name FROM devices WHERE tenant_id = $1 AND id = $2', [
      tenantId,
      deviceId,
    ]),
    tx.query<{ id: string }>('SELECT id FROM operations WHERE tenant_id = $1 AND id = ANY($2)', [
      tenantId,
      operations.map(({ id }) => id),
    ]),
  ]);
  const [device] = devices.rows;
  if (device === undefined) return null;
  return { deviceName: device.name, ids: new Set(stored.rows.map(({ id }) => id)) };
}
