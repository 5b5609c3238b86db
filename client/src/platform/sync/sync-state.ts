import type { Instant } from '@eventkit/shared/kernel/instant.ts';

/**
 * offline: no network. held: the person keeps it offline. unreachable: network, but no answer of the server.
 * sign_in: the server wants to know who it is. sending: on the way. waiting: to be sent, or to be answered.
 */
export type SyncMode = 'offline' | 'held' | 'unreachable' | 'sign_in' | 'sending' | 'waiting' | 'all_sent';

/** What the bar says, without words. */
export type SyncState = {
  readonly mode: SyncMode;
  /** Since when the mode is what it is; for offline and unreachable, when the server was last heard. */
  readonly since: Instant | null;
  /** Operations whose verdict is not down yet, those the server keeps unread left out. */
  readonly waitingCount: number;
  /** Answered since the queue was last empty. */
  readonly sentCount: number;
  readonly oldestWaitingAt: Instant | null;
  /** True when there is network and nothing could be sent for ten minutes. */
  readonly isLate: boolean;
  readonly keptUnreadCount: number;
  /** Refused by the server since the app was opened. */
  readonly refusedCount: number;
  readonly isStorageNearlyFull: boolean;
  /** False where the browser may clear the storage when it runs short. */
  readonly isStorageKept: boolean;
  readonly isClockChecked: boolean;
  readonly download: DownloadState;
};

export type DownloadState = {
  readonly hasSynced: boolean;
  readonly isConnected: boolean;
  readonly lastSyncedAt: Instant | null;
  /** Share of what is coming down now, 0 to 1; null when nothing is. */
  readonly progress: number | null;
};
