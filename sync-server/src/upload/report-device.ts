import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { Stores } from './apply-batch.ts';
import type { CountedStorage, DeviceReport } from './device-progress-store.ts';
import type { Caller } from './people-store.ts';
import { countMissing } from './record-sequences.ts';
import type { DeviceRefusal } from './store-batch.ts';

/** What a device tells of itself without sending anything. */
export type DeviceTold = DeviceReport & {
  readonly deviceId: DeviceId;
  readonly epoch: string;
  readonly clockOffsetMs: number | null;
  readonly isStorageKept: boolean;
  /** Storages that it found gone, and how far they had counted. */
  readonly lostStorages: readonly CountedStorage[];
};

/** A storage that is gone, and how much of it never came. */
export type LostStorage = { readonly epoch: string; readonly missingCount: number };

/** Takes down how a device is (rules UP19 and UP20). Answers what it has lost, by all that is known here. */
export async function reportDevice(
  { store, clock }: Stores,
  caller: Caller,
  told: DeviceTold,
): Promise<Result<readonly LostStorage[], DeviceRefusal>> {
  const { deviceId, lostStorages, ...report } = told;
  return store.inTransaction(caller, deviceId, async (tx) => {
    const standing = await tx.lockDevice();
    if (standing !== 'registered') return err({ kind: standing });
    const lost: LostStorage[] = [];
    for (const storage of lostStorages) {
      // What it reports from is there.
      if (storage.epoch === told.epoch) continue;
      await tx.writeLost(storage);
      const seen = await tx.findProgress(storage.epoch);
      lost.push({ epoch: storage.epoch, missingCount: countMissing(seen, storage.recordedSequence) });
    }
    await tx.writeReport({ ...report, receivedAt: instantOfMs(clock.wallMs()) });
    return ok(lost);
  });
}
