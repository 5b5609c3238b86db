import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { describe, expect, test } from 'vitest';
import type { SyncState } from '#platform/sync/sync-state.ts';
import { describeSync } from './describe-sync.ts';

const noon = instantOfMs(Date.parse('2026-11-26T12:00:00Z'));

const calm: SyncState = {
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
  download: { hasPlans: true, hasSynced: true, isConnected: true, lastSyncedAt: noon, progress: null },
};

describe('describeSync', () => {
  test('says that all is sent, and how fresh the device is', () => {
    expect(describeSync(calm)).toEqual({
      look: 'calm',
      lead: { kind: 'all_sent' },
      notes: [{ kind: 'as_of', at: noon }],
    });
  });

  test('without signal it is hatched and never warns', () => {
    const bar = describeSync({ ...calm, mode: 'offline', since: noon, waitingCount: 23 });
    expect(bar).toEqual({
      look: 'hatched',
      lead: { kind: 'offline' },
      notes: [
        { kind: 'since', at: noon },
        { kind: 'kept', count: 23 },
      ],
    });
    expect(describeSync({ ...calm, mode: 'held' }).look).toBe('hatched');
    expect(describeSync({ ...calm, mode: 'unreachable' }).look).toBe('hatched');
  });

  test('a device that was shut out is called so, and what it keeps', () => {
    expect(describeSync({ ...calm, mode: 'revoked', waitingCount: 3 })).toEqual({
      look: 'warn',
      lead: { kind: 'revoked' },
      notes: [{ kind: 'kept', count: 3 }],
    });
  });

  test('warns of what went with a lost storage, even where nothing did', () => {
    const { look, lead } = describeSync({ ...calm, lostCount: 0 });
    expect([look, lead]).toEqual(['warn', { kind: 'lost', count: 0 }]);
    const offline = describeSync({ ...calm, mode: 'offline', lostCount: 2 });
    expect(offline).toMatchObject({ look: 'warn', lead: { kind: 'offline' } });
    expect(offline.notes).toContainEqual({ kind: 'lost', count: 2 });
  });

  test('counts down what goes up', () => {
    const bar = describeSync({ ...calm, mode: 'sending', waitingCount: 7, sentCount: 16 });
    expect(bar.lead).toEqual({ kind: 'sending', count: 23 });
    expect(bar.notes).toEqual([{ kind: 'applied', done: 16, left: 7 }]);
  });

  test('warns when there is network and nothing moves', () => {
    const late = { ...calm, mode: 'waiting', waitingCount: 4, oldestWaitingAt: noon, isLate: true } as const;
    expect(describeSync(late)).toMatchObject({ look: 'warn', lead: { kind: 'late', count: 4 } });
    expect(describeSync({ ...late, isLate: false })).toMatchObject({
      look: 'busy',
      lead: { kind: 'waiting' },
    });
  });

  test('asks for a sign-in, with or without something to send', () => {
    expect(describeSync({ ...calm, mode: 'sign_in', waitingCount: 2 }).lead).toEqual({
      kind: 'sign_in',
      count: 2,
    });
    expect(describeSync({ ...calm, mode: 'sign_in' }).lead).toEqual({ kind: 'sign_in_again' });
  });

  test('says how far a catch-up is', () => {
    const download = { ...calm.download, progress: 0.429 };
    expect(describeSync({ ...calm, download }).notes).toEqual([{ kind: 'catching_up', percent: 42 }]);
  });

  test('never hides that photos have still to go, and is no alarm for it', () => {
    const bar = describeSync({ ...calm, waitingPhotoCount: 2 });
    expect(bar).toMatchObject({ look: 'calm', lead: { kind: 'all_sent' } });
    expect(bar.notes).toContainEqual({ kind: 'photos', count: 2 });
  });

  test('what a person should look at is always added', () => {
    const bar = describeSync({
      ...calm,
      refusedCount: 1,
      keptUnreadCount: 2,
      isStorageNearlyFull: true,
      isClockChecked: false,
      mode: 'offline',
      waitingCount: 1,
    });
    expect(bar.look).toBe('warn');
    expect(bar.notes.map((note) => note.kind)).toEqual([
      'kept',
      'refused',
      'kept_unread',
      'storage_low',
      'clock_unchecked',
    ]);
  });
});
