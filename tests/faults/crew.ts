import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserId } from '@eventkit/shared/kernel/ids.ts';
import { createUploadTenant, type UploadTenant } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import type { RandomSource } from '#simulation/random-source.ts';
import { type FaultyDevice, openFaultyDevice } from './faulty-device.ts';
import type { RealServer } from './real-server.ts';

/** A company of its own on a server, each of its people with a device. */
export type Crew = {
  readonly tenant: UploadTenant;
  readonly devices: readonly FaultyDevice[];
} & AsyncDisposable;

export async function openCrew(
  server: RealServer,
  name: string,
  size: number,
  random: RandomSource,
): Promise<Crew> {
  const tenant = await createUploadTenant(server.ownerPool, `${name} ${process.pid} ${Date.now()}`, {
    users: size,
    devices: 0,
    assets: 12,
    cases: 4,
  });
  const { rows: users } = await server.ownerPool.query<{ id: UserId; email: string }>(
    'SELECT id, email FROM users WHERE tenant_id = $1 ORDER BY email',
    [tenant.tenantId],
  );
  const folder = await mkdtemp(join(tmpdir(), 'eventkit-faults-'));
  const devices = await Promise.all(
    users.map((user) =>
      openFaultyDevice({ server, tenant, user, folder, random: random.fork(`device ${user.email}`) }),
    ),
  );
  return {
    tenant,
    devices,
    async [Symbol.asyncDispose]() {
      await Promise.all(devices.map((device) => device.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
