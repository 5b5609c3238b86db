import type { Instant } from '@eventkit/shared/kernel/instant.ts';

/**
 * offline: no network. held: the person keeps it offline. unreachable: network, but no answer of the server.
 * sign_in: the server wants to know who it is. revoked: an admin has shut this device out. sending: on the way. waiting: to be sent, or to be answered.
 */
export type SyncMode =
  | 'offline'
  | 'held'
  | 'unreachable'
  | 'sign_in'
  | 'revoked'
  | 'sending'
  | 'waiting'
  | 'all_sent';

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
  /** Photos of operations that have still to go up; they never hold up the rest. */
  readonly waitingPhotoCount: number;
  /** Refused by the server since the app was opened. */
  readonly refusedCount: number;
  readonly isStorageNearlyFull: boolean;
  /** False where the browser may clear the storage when it runs short. */
  readonly isStorageKept: boolean;
  readonly isClockChecked: boolean;
  /** What was not sent when the storage of this device was lost, at most; null where nobody need be told. */
  readonly lostCount: number | null;
  readonly download: DownloadState;
};

export type DownloadState = {
  /** The events with their pull lists and what they name are here: enough to read, not to scan. */
  readonly hasPlans: boolean;
  /** All is here, and quick to look up. */
  readonly hasSynced: boolean;
  readonly isConnected: boolean;
  readonly lastSyncedAt: Instant | null;
  /** Share of what is coming down now, 0 to 1; null when nothing is. */
  readonly progress: number | null;
};

/** What happened, as the parts of the platform report it. */
export type SyncEvent =
  | {
      readonly type: 'queue_counted';
      /** The number of the last operation that was recorded when it was counted. */
      readonly lastSequence: number;
      readonly waitingCount: number;
      readonly keptUnreadCount: number;
      readonly waitingPhotoCount: number;
      readonly refusedCount: number;
      readonly oldestWaitingAt: Instant | null;
    }
  /** An operation was committed on this device, a moment ago. */
  | { readonly type: 'recorded'; readonly sequence: number; readonly recordedAt: Instant }
  | { readonly type: 'network_changed'; readonly isOnline: boolean }
  | { readonly type: 'held_changed'; readonly isHeld: boolean }
  | { readonly type: 'push_answered'; readonly count: number }
  /** The server answered something, whatever it was. */
  | { readonly type: 'server_heard' }
  | { readonly type: 'server_silent' }
  | { readonly type: 'sign_in_wanted' }
  | { readonly type: 'signed_in' }
  | { readonly type: 'device_revoked' }
  /** The server takes this device in: it gave a token. */
  | { readonly type: 'device_taken' }
  | { readonly type: 'losses_read'; readonly lostCount: number | null }
  /** The server is there and could not do it, or the device could not. */
  | { readonly type: 'push_stumbled' }
  | { readonly type: 'storage_looked_at'; readonly isNearlyFull: boolean; readonly isKept: boolean }
  | { readonly type: 'clock_checked'; readonly isChecked: boolean }
  | { readonly type: 'download_changed'; readonly download: DownloadState }
  | { readonly type: 'time_passed' };

/** Everything that the bar is made of. Pure: made by `reduceSync`, shown by `showSync`. */
export type SyncMemory = {
  readonly state: SyncState;
  /** The number of the last operation that the counts know of. */
  readonly lastSequence: number;
  readonly isOnline: boolean;
  readonly isHeld: boolean;
  readonly isReachable: boolean;
  readonly isSignInWanted: boolean;
  readonly isRevoked: boolean;
  readonly isStumbling: boolean;
  readonly lastHeardAt: Instant | null;
  /** The latest of: network came back, something was answered. */
  readonly lastMovedAtMs: number;
};

const LATE_AFTER_MS = 600_000;

export function startSyncMemory(start: {
  readonly isOnline: boolean;
  readonly isHeld: boolean;
  readonly lastHeardAt: Instant | null;
  readonly now: SyncTime;
}): SyncMemory {
  const state: SyncState = {
    mode: 'all_sent',
    since: null,
    waitingCount: 0,
    sentCount: 0,
    oldestWaitingAt: null,
    isLate: false,
    keptUnreadCount: 0,
    waitingPhotoCount: 0,
    refusedCount: 0,
    isStorageNearlyFull: false,
    isStorageKept: true,
    isClockChecked: false,
    lostCount: null,
    download: { hasPlans: false, hasSynced: false, isConnected: false, lastSyncedAt: null, progress: null },
  };
  return show(
    {
      state,
      lastSequence: 0,
      isOnline: start.isOnline,
      isHeld: start.isHeld,
      isReachable: true,
      isSignInWanted: false,
      isRevoked: false,
      isStumbling: false,
      lastHeardAt: start.lastHeardAt,
      lastMovedAtMs: start.now.ms,
    },
    start.now,
  );
}

/** The same moment in the two ways in which it is needed. */
export type SyncTime = { readonly ms: number; readonly instant: Instant };

export function reduceSync(memory: SyncMemory, event: SyncEvent, now: SyncTime): SyncMemory {
  return show(remember(memory, event, now), now);
}

function remember(memory: SyncMemory, event: SyncEvent, now: SyncTime): SyncMemory {
  const heard = { isReachable: true, lastHeardAt: now.instant };
  const taken = { ...heard, isSignInWanted: false, isRevoked: false };
  switch (event.type) {
    case 'queue_counted': {
      const { type: _, lastSequence, ...counts } = event;
      // Counted before the last recording; that is counted again, as each change of the queue is.
      if (lastSequence < memory.lastSequence) return memory;
      return withState({ ...memory, lastSequence }, { ...counts, sentCount: sentCountOfBurst(memory) });
    }
    case 'recorded': {
      if (event.sequence <= memory.lastSequence) return memory;
      const { waitingCount, oldestWaitingAt } = memory.state;
      return withState(
        { ...memory, lastSequence: event.sequence },
        {
          waitingCount: waitingCount + 1,
          oldestWaitingAt: oldestWaitingAt ?? event.recordedAt,
          sentCount: sentCountOfBurst(memory),
        },
      );
    }
    case 'network_changed':
      return {
        ...memory,
        isOnline: event.isOnline,
        isReachable: event.isOnline ? true : memory.isReachable,
        lastMovedAtMs: event.isOnline && !memory.isOnline ? now.ms : memory.lastMovedAtMs,
      };
    case 'held_changed':
      return { ...memory, isHeld: event.isHeld, lastMovedAtMs: now.ms };
    case 'push_answered':
      return withState(
        { ...memory, ...taken, isStumbling: false, lastMovedAtMs: now.ms },
        { sentCount: memory.state.sentCount + event.count },
      );
    case 'server_heard':
      return { ...memory, ...heard };
    case 'server_silent':
      return { ...memory, isReachable: false };
    case 'sign_in_wanted':
      return { ...memory, ...heard, isSignInWanted: true };
    case 'signed_in':
      return { ...memory, ...heard, isSignInWanted: false };
    case 'device_revoked':
      return { ...memory, ...heard, isRevoked: true };
    case 'device_taken':
      return { ...memory, ...taken };
    case 'losses_read':
      return withState(memory, { lostCount: event.lostCount });
    case 'push_stumbled':
      return { ...memory, isStumbling: true };
    case 'storage_looked_at':
      return withState(memory, { isStorageNearlyFull: event.isNearlyFull, isStorageKept: event.isKept });
    case 'clock_checked':
      return withState(memory, { isClockChecked: event.isChecked });
    case 'download_changed':
      return withState(memory, { download: event.download });
    case 'time_passed':
      return memory;
  }
}

/** A burst ends when the queue is empty. */
function sentCountOfBurst({ state }: SyncMemory): number {
  return state.waitingCount === 0 ? 0 : state.sentCount;
}

function withState(memory: SyncMemory, changes: Partial<SyncState>): SyncMemory {
  return { ...memory, state: { ...memory.state, ...changes } };
}

/** The state keeps its identity where nothing that is shown has changed. */
function show(memory: SyncMemory, now: SyncTime): SyncMemory {
  const mode = modeOf(memory);
  const isSame = mode === memory.state.mode;
  const speaksOfServer = mode === 'offline' || mode === 'unreachable';
  const since = speaksOfServer ? (memory.lastHeardAt ?? now.instant) : now.instant;
  return withState(memory, {
    mode,
    since: isSame && memory.state.since !== null ? memory.state.since : since,
    isLate: isLate(memory, now),
  });
}

function modeOf(memory: SyncMemory): SyncMode {
  if (memory.isHeld) return 'held';
  if (!memory.isOnline) return 'offline';
  if (!memory.isReachable) return 'unreachable';
  if (memory.isRevoked) return 'revoked';
  if (memory.isSignInWanted) return 'sign_in';
  if (memory.state.waitingCount === 0) return 'all_sent';
  return memory.isStumbling ? 'waiting' : 'sending';
}

function isLate(memory: SyncMemory, now: SyncTime): boolean {
  const { waitingCount, oldestWaitingAt } = memory.state;
  if (memory.isHeld || !memory.isOnline || waitingCount === 0 || oldestWaitingAt === null) return false;
  const waitingSinceMs = Math.max(Date.parse(oldestWaitingAt), memory.lastMovedAtMs);
  return now.ms - waitingSinceMs >= LATE_AFTER_MS;
}

/** Whether two states show the same. */
export function isSameState(a: SyncState, b: SyncState): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
