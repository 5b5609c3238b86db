import { prepareBulkTables } from '@eventkit/client/platform/replica/bulk-tables.ts';
import { migrateDevice } from '@eventkit/client/platform/replica/device-migrations.ts';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import { createLife } from './life.ts';
import { createVirtualDisk, DOWNLOAD_TABLE, type VirtualDisk } from './virtual-disk.ts';
import { createVirtualReplica } from './virtual-replica.ts';
import { createVirtualTime } from './virtual-time.ts';

const disks: VirtualDisk[] = [];

/** So many empty disks of the present shape. They are the same ones for each run of this process: prepared is prepared. */
export async function openDisks(count: number): Promise<readonly VirtualDisk[]> {
  while (disks.length < count) disks.push(await format());
  for (const disk of disks) disk.clear();
  return disks.slice(0, count);
}

/** Made by the device's own migrations. */
async function format(): Promise<VirtualDisk> {
  const disk = createVirtualDisk();
  disk.run(DOWNLOAD_TABLE, []);
  const replica = createVirtualReplica({
    disk,
    life: createLife(createVirtualTime(0)),
    faults: { dies: () => false, delayMs: () => 0, isFull: () => false },
    source: { open: () => Promise.reject(new Error('no server')) },
    random: () => 0,
  });
  const noId = () => '';
  await migrateDevice(replica, { deviceId: '' as DeviceId, newId: noId });
  await prepareBulkTables(replica);
  disk.clear();
  return disk;
}
