import { type Instant, msOf } from '@eventkit/shared/kernel/instant.ts';
import type { InstallState } from '#platform/pwa/pwa-state.ts';
import type { SyncState } from '#platform/sync/sync-state.ts';
import type { EventFacts } from './ready-queries.ts';

/** good: nothing to do. note: works, and is worth knowing. wait: is being seen to. mend: wants a tap before leaving. */
export type CheckState = 'good' | 'note' | 'wait' | 'mend';

/** What one tap does about it. */
export type Mend =
  | 'fetch'
  | 'keep_app'
  | 'keep_storage'
  | 'install'
  | 'check_clock'
  | 'send'
  | 'sign_in'
  | 'go_online'
  | 'open_outbox';

/** One question and its answer; `answer` is a key of words, the numbers fill them in. */
export type Check = {
  readonly id: 'event' | 'codes' | 'app' | 'storage' | 'clock' | 'outbox';
  readonly state: CheckState;
  readonly answer: Answer;
  readonly mend: Mend | null;
  readonly count?: number;
  readonly total?: number;
  readonly at?: Instant | null;
};

export type Answer =
  | 'event_here'
  | 'event_old'
  | 'event_no_list'
  | 'event_missing'
  | 'event_coming'
  | 'event_none'
  | 'codes_here'
  | 'codes_none'
  | 'codes_coming'
  | 'app_kept'
  | 'app_not_kept'
  | 'storage_kept'
  | 'storage_not_kept'
  | 'storage_by_hand'
  | 'storage_full'
  | 'clock_checked'
  | 'clock_unchecked'
  | 'outbox_empty'
  | 'outbox_waiting'
  | 'outbox_kept'
  | 'outbox_photos'
  | 'outbox_sign_in'
  | 'outbox_held'
  | 'outbox_revoked';

export type ReadyFacts = {
  readonly sync: SyncState;
  readonly isAppKept: boolean;
  readonly install: InstallState;
  /** Codes on this device. */
  readonly codeCount: number;
  /** Of the chosen event: null where none was chosen, `missing` where it is not on this device. */
  readonly event: EventFacts | 'missing' | null;
  readonly now: Instant;
};

/** What came down longer ago than this, while nothing comes, may be out of date. */
const OLD_AFTER_MS = 3_600_000;

/** Whether a device can leave for where there is no signal, question by question, always in the same order. */
export function judgeReady(facts: ReadyFacts): readonly Check[] {
  return [
    judgeEvent(facts),
    judgeCodes(facts),
    judgeApp(facts),
    judgeStorage(facts),
    judgeClock(facts),
    judgeOutbox(facts),
  ];
}

/** How many want a tap before leaving, and whether anything is still under way. */
export function sumUp(checks: readonly Check[]): { readonly mendCount: number; readonly isWaiting: boolean } {
  return {
    mendCount: checks.filter(({ state }) => state === 'mend').length,
    isWaiting: checks.some(({ state }) => state === 'wait'),
  };
}

function judgeEvent({ event, sync, now }: ReadyFacts): Check {
  const { hasPlans, isConnected, lastSyncedAt } = sync.download;
  const check = { id: 'event', mend: null } as const;
  if (!hasPlans) return { ...check, state: 'wait', answer: 'event_coming' };
  if (event === null) return { ...check, state: 'note', answer: 'event_none' };
  if (event === 'missing') return { ...check, state: 'mend', answer: 'event_missing', mend: 'fetch' };
  const isOld = !isConnected && (lastSyncedAt === null || msOf(now) - msOf(lastSyncedAt) > OLD_AFTER_MS);
  if (isOld) return { ...check, state: 'mend', answer: 'event_old', mend: 'fetch', at: lastSyncedAt };
  const { lineCount, wantedCount } = event;
  if (lineCount === 0) return { ...check, state: 'note', answer: 'event_no_list' };
  return {
    ...check,
    state: 'good',
    answer: 'event_here',
    count: lineCount,
    total: wantedCount,
    at: lastSyncedAt,
  };
}

function judgeCodes({ event, sync, codeCount }: ReadyFacts): Check {
  const { hasSynced, progress } = sync.download;
  const check = { id: 'codes', mend: null } as const;
  if (!hasSynced) {
    return { ...check, state: 'wait', answer: 'codes_coming', count: Math.floor((progress ?? 0) * 100) };
  }
  if (codeCount === 0) return { ...check, state: 'mend', answer: 'codes_none', mend: 'fetch' };
  const ofEvent = event === null || event === 'missing' ? 0 : event.unitCount;
  return { ...check, state: 'good', answer: 'codes_here', count: codeCount, total: ofEvent };
}

function judgeApp({ isAppKept }: ReadyFacts): Check {
  return isAppKept
    ? { id: 'app', state: 'good', answer: 'app_kept', mend: null }
    : { id: 'app', state: 'mend', answer: 'app_not_kept', mend: 'keep_app' };
}

function judgeStorage({ sync, install }: ReadyFacts): Check {
  const check = { id: 'storage', mend: null } as const;
  if (sync.isStorageNearlyFull) return { ...check, state: 'mend', answer: 'storage_full' };
  if (sync.isStorageKept) return { ...check, state: 'good', answer: 'storage_kept' };
  if (install === 'by_hand') return { ...check, state: 'mend', answer: 'storage_by_hand' };
  const mend = install === 'possible' ? 'install' : 'keep_storage';
  return { ...check, state: 'mend', answer: 'storage_not_kept', mend };
}

function judgeClock({ sync }: ReadyFacts): Check {
  return sync.isClockChecked
    ? { id: 'clock', state: 'good', answer: 'clock_checked', mend: null }
    : { id: 'clock', state: 'mend', answer: 'clock_unchecked', mend: 'check_clock' };
}

function judgeOutbox({ sync }: ReadyFacts): Check {
  const { mode, waitingCount, waitingPhotoCount, keptUnreadCount, oldestWaitingAt } = sync;
  const check = { id: 'outbox', state: 'mend', count: waitingCount } as const;
  if (mode === 'revoked') return { ...check, answer: 'outbox_revoked', mend: 'open_outbox' };
  if (mode === 'sign_in') return { ...check, answer: 'outbox_sign_in', mend: 'sign_in' };
  if (mode === 'held') return { ...check, answer: 'outbox_held', mend: 'go_online' };
  if (waitingCount > 0) return { ...check, answer: 'outbox_waiting', mend: 'send', at: oldestWaitingAt };
  if (keptUnreadCount > 0) {
    return { ...check, state: 'note', answer: 'outbox_kept', mend: 'open_outbox', count: keptUnreadCount };
  }
  if (waitingPhotoCount > 0) {
    return { ...check, state: 'note', answer: 'outbox_photos', mend: 'send', count: waitingPhotoCount };
  }
  return { id: 'outbox', state: 'good', answer: 'outbox_empty', mend: null };
}
