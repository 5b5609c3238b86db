import { type Instant, instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import type { PowerSyncBackendConnector, SyncStatus } from '@powersync/common';
import { prepareBulkTables } from '#platform/replica/bulk-tables.ts';
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
 * The stream of changes from the server, kept open by PowerSync, in this tab itself: a worker that tabs share dies with
 * one of them, and the SDK's calls to it are then never answered. Once the first download is here, it is prepared to be
 * worked with. `onChange` hears each change of the state between `start` and `stop`.
 */
export function createDownloader(
  replica: Replica,
  connector: PowerSyncBackendConnector,
  ports: {
    readonly appVersion: string;
    readonly onChange: (state: DownloadState) => void;
    readonly onProblem: (what: string, error: unknown) => void;
  },
): Downloader {
  // Opened with everything here, the replica has its indexes from `migrateDevice`.
  let isPrepared = replica.currentStatus.hasSynced === true;
  let isPreparing = isPrepared;
  let unfollow: (() => void) | null = null;

  const current = () => downloadStateOf(replica.currentStatus, isPrepared);
  const prepare = async () => {
    try {
      await prepareBulkTables(replica);
    } catch (error) {
      if (unfollow !== null) ports.onProblem('index the first download', error);
    }
    // Without indexes it is slow and right; the next opening makes them.
    isPrepared = true;
    if (unfollow !== null) ports.onChange(current());
  };
  const look = () => {
    ports.onChange(current());
    if (isPreparing || replica.currentStatus.hasSynced !== true) return;
    isPreparing = true;
    void prepare();
  };
  const connect = () => {
    // Resolves at the first success or failure, and goes on trying in either case.
    void replica.connect(connector, {
      retryDelayMs: RETRY_MS,
      appMetadata: { app_version: ports.appVersion },
    });
  };
  return {
    start() {
      unfollow ??= replica.registerListener({ statusChanged: look });
      look();
      connect();
    },
    async stop() {
      await replica.disconnect();
      unfollow?.();
      unfollow = null;
    },
    // Connecting again ends the present stream first.
    restart: connect,
    current,
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
