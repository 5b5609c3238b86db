import { type Instant, instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { describe, expect, test } from 'vitest';
import type { SyncState } from '#platform/sync/sync-state.ts';
import { type Check, judgeReady, type ReadyFacts, sumUp } from './judge-ready.ts';

const nowMs = Date.UTC(2026, 10, 22, 6);
const ago = (minutes: number): Instant => instantOfMs(nowMs - minutes * 60_000);

const sync: SyncState = {
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
  isClockChecked: true,
  lostCount: null,
  download: { hasPlans: true, hasSynced: true, isConnected: true, lastSyncedAt: ago(1), progress: null },
};
const facts: ReadyFacts = {
  sync,
  isAppKept: true,
  install: 'installed',
  codeCount: 500,
  event: { lineCount: 12, wantedCount: 52, unitCount: 60 },
  now: ago(0),
};

const after = (changes: Partial<ReadyFacts>) => judgeReady({ ...facts, ...changes });
const withSync = (changes: Partial<SyncState>) => after({ sync: { ...sync, ...changes } });
const withDownload = (changes: Partial<SyncState['download']>) =>
  withSync({ download: { ...sync.download, ...changes } });
/** What is not as it should be: question, state, answer, and the way out. */
const told = (checks: readonly Check[]) =>
  checks
    .filter(({ state }) => state !== 'good')
    .map(({ id, state, answer, mend }) => [id, state, answer, mend]);

describe('ready for the road', () => {
  test('is a device that has everything, in six answers', () => {
    expect(judgeReady(facts).map(({ answer }) => answer)).toEqual([
      'event_here',
      'codes_here',
      'app_kept',
      'storage_kept',
      'clock_checked',
      'outbox_empty',
    ]);
    expect(sumUp(judgeReady(facts))).toEqual({ mendCount: 0, isWaiting: false });
  });

  test('asks for the event and its list', () => {
    expect(told(after({ event: null }))).toEqual([['event', 'note', 'event_none', null]]);
    expect(told(after({ event: 'missing' }))).toEqual([['event', 'mend', 'event_missing', 'fetch']]);
    expect(told(withDownload({ hasPlans: false }))).toEqual([['event', 'wait', 'event_coming', null]]);
    const empty = { lineCount: 0, wantedCount: 0, unitCount: 0 };
    expect(told(after({ event: empty }))).toEqual([['event', 'note', 'event_no_list', null]]);
  });

  test('calls a list old when nothing came for an hour and nothing comes', () => {
    expect(told(withDownload({ isConnected: false, lastSyncedAt: ago(59) }))).toEqual([]);
    expect(told(withDownload({ isConnected: false, lastSyncedAt: ago(61) }))).toEqual([
      ['event', 'mend', 'event_old', 'fetch'],
    ]);
    expect(told(withDownload({ isConnected: true, lastSyncedAt: ago(600) }))).toEqual([]);
    expect(told(withDownload({ isConnected: false, lastSyncedAt: null }))).toHaveLength(1);
  });

  test('asks for the codes, and tells how many are of pieces for the event', () => {
    expect(told(withDownload({ hasSynced: false, progress: 0.5 }))).toEqual([
      ['codes', 'wait', 'codes_coming', null],
    ]);
    expect(told(after({ codeCount: 0 }))).toEqual([['codes', 'mend', 'codes_none', 'fetch']]);
    expect(judgeReady(facts)[1]).toMatchObject({ answer: 'codes_here', count: 500, total: 60 });
    expect(after({ event: null })[1]).toMatchObject({ answer: 'codes_here', count: 500, total: 0 });
  });

  test('asks for the app, the storage and the clock, each with its tap', () => {
    expect(told(after({ isAppKept: false }))).toEqual([['app', 'mend', 'app_not_kept', 'keep_app']]);
    const loose = { ...sync, isStorageKept: false };
    expect(told(after({ sync: loose, install: 'possible' }))).toEqual([
      ['storage', 'mend', 'storage_not_kept', 'install'],
    ]);
    expect(told(after({ sync: loose, install: 'installed' }))).toEqual([
      ['storage', 'mend', 'storage_not_kept', 'keep_storage'],
    ]);
    expect(told(after({ sync: loose, install: 'by_hand' }))).toEqual([
      ['storage', 'mend', 'storage_by_hand', null],
    ]);
    expect(told(withSync({ isStorageNearlyFull: true }))).toEqual([
      ['storage', 'mend', 'storage_full', null],
    ]);
    expect(told(withSync({ isClockChecked: false }))).toEqual([
      ['clock', 'mend', 'clock_unchecked', 'check_clock'],
    ]);
  });

  test('asks for an empty outbox, and says what is in its way', () => {
    const outboxAfter = (changes: Partial<SyncState>) => told(withSync({ waitingCount: 3, ...changes }))[0];
    expect(outboxAfter({ mode: 'sending' })).toEqual(['outbox', 'mend', 'outbox_waiting', 'send']);
    expect(outboxAfter({ mode: 'sign_in' })).toEqual(['outbox', 'mend', 'outbox_sign_in', 'sign_in']);
    expect(outboxAfter({ mode: 'held' })).toEqual(['outbox', 'mend', 'outbox_held', 'go_online']);
    expect(outboxAfter({ mode: 'revoked' })).toEqual(['outbox', 'mend', 'outbox_revoked', 'open_outbox']);
    expect(outboxAfter({ waitingCount: 0, keptUnreadCount: 1 })).toEqual([
      'outbox',
      'note',
      'outbox_kept',
      'open_outbox',
    ]);
    expect(outboxAfter({ waitingCount: 0, waitingPhotoCount: 2 })).toEqual([
      'outbox',
      'note',
      'outbox_photos',
      'send',
    ]);
    expect(sumUp(withSync({ waitingCount: 3, isClockChecked: false })).mendCount).toBe(2);
  });
});
