import { randomBytes, randomUUID } from 'node:crypto';
import { uuidV7 } from '@eventkit/shared/kernel/ids.ts';
import type { BenchStack } from '#bench-stack.ts';

/** A kind of call that screens and programs make. */
export type ApiCall = {
  readonly rpc: string;
  /** How often it comes up beside the others. */
  readonly weight: number;
  body(): unknown;
};

/** One list, get, create and update of everything that has them, about rows of the demo company. */
export async function apiCalls(
  stack: Pick<BenchStack, 'query'>,
  tenantId: string,
): Promise<readonly ApiCall[]> {
  const idsOf = async (sql: string) =>
    (await stack.query<{ id: string }>(sql, [tenantId])).map(({ id }) => id);
  const labels = await idsOf(
    'SELECT value AS id FROM labels WHERE tenant_id = $1 AND asset_id IS NOT NULL ORDER BY random() LIMIT 1000',
  );
  const products = await idsOf('SELECT id FROM products WHERE tenant_id = $1 LIMIT 200');
  const moved = await idsOf('SELECT DISTINCT asset_id AS id FROM movements WHERE tenant_id = $1 LIMIT 200');
  const people = await idsOf(`SELECT id FROM users WHERE tenant_id = $1 AND email LIKE 'bench-%' LIMIT 50`);
  const devices = Array.from({ length: 20 }, () => uuidV7(Date.now(), randomBytes(10)));
  for (const [place, id] of devices.entries())
    await stack.query('INSERT INTO devices (tenant_id, id, name, registered_by) VALUES ($1, $2, $3, $4)', [
      tenantId,
      id,
      `Bench ${place}`,
      people[0],
    ]);
  const pick = <T>(values: readonly T[]): T => {
    const value = values[Math.floor(Math.random() * values.length)];
    if (value === undefined) throw new Error('the demo company lacks what is asked for');
    return value;
  };
  const call = (rpc: string, weight: number, body: () => unknown = () => ({})): ApiCall => ({
    rpc,
    weight,
    body,
  });
  return [
    call('InventoryService/ListAssets', 12, () => ({ pageSize: 50 })),
    call('InventoryService/ListAssets', 8, () => ({ pageSize: 50, productId: pick(products) })),
    call('InventoryService/ListProducts', 10, () => ({ pageSize: 50 })),
    call('InventoryService/GetAsset', 30, () => ({ label: pick(labels) })),
    call('ScanningService/ListMovements', 8, () => ({ assetId: pick(moved) })),
    call('ScanningService/ListOpenConflicts', 3),
    call('AuthService/GetMe', 10),
    call('SyncService/GetTime', 4),
    call('AuditService/ListChanges', 2, () => ({ pageSize: 50 })),
    call('PeopleService/ListPeople', 2, () => ({ pageSize: 50 })),
    call('RoleService/ListRoles', 1),
    call('ApiKeyService/ListApiKeys', 1),
    call('SyncHealthService/ListDeviceHealth', 1),
    call('SyncHealthService/ListKeptOperations', 1),
    call('AuthService/RegisterDevice', 2, () => ({
      deviceId: uuidV7(Date.now(), randomBytes(10)),
      name: 'Bench',
    })),
    call('DeviceService/RenameDevice', 2, () => ({
      deviceId: pick(devices),
      name: `Bench ${randomUUID().slice(0, 8)}`,
    })),
    call('PeopleService/UpdatePerson', 2, () => ({ personId: pick(people), locale: pick(['en', 'de']) })),
    call('PeopleService/InvitePerson', 1, () => ({
      name: 'Bench',
      email: `${randomUUID()}@bench.test`,
      role: { builtIn: 'crew' },
      locale: 'en',
    })),
    call('RoleService/CreateRole', 1, () => ({
      name: `Bench ${randomUUID()}`,
      permissions: ['inventory:read'],
    })),
  ];
}
