import type { Client } from '@connectrpc/connect';
import type { SyncService } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import { type Instant, microsOf } from '@eventkit/shared/kernel/instant.ts';
import { smallCall } from '#platform/rpc/small-call.ts';

/** How this device is, for sync health. */
export type DeviceReport = {
  readonly epoch: string;
  /** The last number that was given in this epoch; 0 before the first. */
  readonly lastSequence: number;
  /** Operations that the server has not answered. */
  readonly queueLength: number;
  readonly oldestWaitingAt: Instant | null;
  readonly clockOffsetMs: number | null;
  readonly isStorageKept: boolean;
  /** Storages that are gone, of which the server was not told yet. */
  readonly lostStorages: readonly { readonly epoch: string; readonly lastSequence: number }[];
};

/** Tells the server. Rejects where it did not take it. */
export type ReportDevice = (report: DeviceReport, signal: AbortSignal) => Promise<void>;

export function createReportByRpc({
  sync,
  deviceId,
  appVersion,
}: {
  readonly sync: Pick<Client<typeof SyncService>, 'reportDevice'>;
  readonly deviceId: DeviceId;
  readonly appVersion: string;
}): ReportDevice {
  return async ({ oldestWaitingAt, clockOffsetMs, lastSequence, lostStorages, ...report }, signal) => {
    await sync.reportDevice(
      {
        ...report,
        deviceId,
        appVersion,
        lastSequence: BigInt(lastSequence),
        lostStorages: lostStorages.map(({ epoch, lastSequence: last }) => ({
          epoch,
          lastSequence: BigInt(last),
        })),
        ...(oldestWaitingAt === null ? {} : { oldestWaitingAtMicros: microsOf(oldestWaitingAt) }),
        ...(clockOffsetMs === null ? {} : { clockOffsetMs: BigInt(clockOffsetMs) }),
      },
      smallCall(signal),
    );
  };
}
