import { type Instant, instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import type { PowerSyncBackendConnector, SyncStatus } from '@powersync/common';
import type { Replica } from '#platform/replica/replica.ts';
import type { DownloadState } from './sync-state.ts';

/** Of the streams `codes`, `plans` and `people` in sync-config.yaml. */
const PLANS_PRIORITY = 1;
/** How soon the stream is asked for again after it broke, give or take a tenth. */
const RETRY_MS = 2_000;

export type Downloader = {
  start(): void;
  stop(): Promise<void>;
  /** Ends the stream and asks for a new one; what has come down stays. */
  restart(): void;
  current(): DownloadState;
};

/**
 * The stream of changes from the server, kept open by PowerSync. `isPrepared` tells whether what came down first is
 * ready to be worked with.
 */
export function createDownloader(
  replica: Replica,
  connector: PowerSyncBackendConnector,
  { appVersion, isPrepared }: { readonly appVersion: string; readonly isPrepared: () => boolean },
): Downloader {
  const start = () => {
    // Resolves at the first success or failure, and goes on trying in either case.
    void replica.connect(connector, { retryDelayMs: RETRY_MS, appMetadata: { app_version: appVersion } });
  };
  return {
    start,
    stop: () => replica.disconnect(),
    // Connecting again ends the present stream first.
    restart: start,
    current: () => downloadStateOf(replica.currentStatus, isPrepared()),
  };
}

function downloadStateOf(status: SyncStatus, isPrepared: boolean): DownloadState {
  const { lastSyncedAt, downloadProgress } = status;
  return {
    hasPlans: status.statusForPriority(PLANS_PRIORITY)?.hasSynced === true,
    hasSynced: status.hasSynced === true && isPrepared,
    isConnected: status.connected,
    lastSyncedAt: lastSyncedAt === undefined ? null : instantOf(lastSyncedAt),
    progress: downloadProgress === null ? null : downloadProgress.downloadedFraction,
  };
}

function instantOf(date: Date): Instant {
  return instantOfMs(date.getTime());
}
