import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { describe, expect, it } from 'vitest';
import { reduceSync, type SyncEvent, type SyncMemory, type SyncTime, startSyncMemory } from './sync-state.ts';

const noon = Date.UTC(2026, 10, 22, 12);
const at = (minutes: number): SyncTime => {
  const ms = noon + minutes * 60_000;
  return { ms, instant: instantOfMs(ms) };
};
const start = () => startSyncMemory({ isOnline: true, isHeld: false, lastHeardAt: null, now: at(0) });
const recorded = (sequence: number, minute: number): SyncEvent => ({
  type: 'recorded',
  sequence,
  recordedAt: at(minute).instant,
});
const counted = (waitingCount: number, oldestMinute = 0, lastSequence = 0): SyncEvent => ({
  type: 'queue_counted',
  lastSequence,
  waitingCount,
  keptUnreadCount: 0,
  waitingPhotoCount: 0,
  refusedCount: 0,
  oldestWaitingAt: waitingCount === 0 ? null : at(oldestMinute).instant,
});
const after = (...steps: readonly [number, SyncEvent][]): SyncMemory =>
  steps.reduce((memory, [minute, event]) => reduceSync(memory, event, at(minute)), start());

describe('what the bar says', () => {
  it('counts down while it sends, and forgets the count when all is sent', () => {
    const half = after([1, counted(23)], [2, { type: 'push_answered', count: 16 }], [2, counted(7)]);
    expect(half.state).toMatchObject({ mode: 'sending', waitingCount: 7, sentCount: 16 });

    const done = reduceSync(half, counted(0), at(3));
    expect(done.state).toMatchObject({ mode: 'all_sent', waitingCount: 0 });
    expect(reduceSync(done, counted(1, 4), at(4)).state.sentCount).toBe(0);
  });

  it('says that something waits as soon as it is recorded, whatever was counted before', () => {
    const memory = after(
      [1, counted(0, 0, 7)],
      [2, recorded(8, 2)],
      [2, counted(0, 0, 7)],
      [3, recorded(9, 3)],
    );
    expect(memory.state).toMatchObject({
      mode: 'sending',
      waitingCount: 2,
      oldestWaitingAt: at(2).instant,
    });
    expect(reduceSync(memory, counted(0, 0, 9), at(4)).state.mode).toBe('all_sent');
  });

  it('counts once what was counted before it was told', () => {
    const memory = after([1, counted(1, 0, 8)], [1, recorded(8, 0)]);
    expect(memory.state.waitingCount).toBe(1);
  });

  it('forgets the count of the last burst with the first recording after it', () => {
    const memory = after(
      [1, recorded(1, 1)],
      [2, { type: 'push_answered', count: 1 }],
      [3, counted(0, 0, 1)],
    );
    expect(memory.state.sentCount).toBe(1);
    expect(reduceSync(memory, recorded(2, 4), at(4)).state.sentCount).toBe(0);
  });

  it('says offline since the server was last heard', () => {
    const memory = after(
      [1, { type: 'server_heard' }],
      [5, { type: 'network_changed', isOnline: false }],
      [9, { type: 'time_passed' }],
    );
    expect(memory.state).toMatchObject({ mode: 'offline', since: at(1).instant });
  });

  it('tells a held device, a missing network, a silent server and a wanted sign-in apart', () => {
    const modeAfter = (...events: SyncEvent[]) =>
      after(...events.map((e): [number, SyncEvent] => [1, e])).state.mode;
    expect(modeAfter(counted(1), { type: 'held_changed', isHeld: true })).toBe('held');
    expect(modeAfter(counted(1), { type: 'network_changed', isOnline: false })).toBe('offline');
    expect(modeAfter(counted(1), { type: 'server_silent' })).toBe('unreachable');
    expect(modeAfter(counted(1), { type: 'sign_in_wanted' })).toBe('sign_in');
    expect(modeAfter(counted(1), { type: 'push_stumbled' })).toBe('waiting');
    expect(modeAfter({ type: 'sign_in_wanted' }, { type: 'signed_in' })).toBe('all_sent');
  });

  it('calls a device that was shut out so, until the server takes it in again', () => {
    const modeAfter = (...events: SyncEvent[]) =>
      after(...events.map((e): [number, SyncEvent] => [1, e])).state.mode;
    const revoked: SyncEvent = { type: 'device_revoked' };
    expect(modeAfter(counted(1), { type: 'sign_in_wanted' }, revoked)).toBe('revoked');
    expect(modeAfter(revoked, { type: 'signed_in' })).toBe('revoked');
    expect(modeAfter(counted(1), revoked, { type: 'device_taken' })).toBe('sending');
    expect(modeAfter(counted(1), revoked, { type: 'push_answered', count: 1 })).toBe('sending');
  });

  it('is late after ten minutes with network and nothing sent, and not for the time without', () => {
    const waiting = after([0, counted(3)], [1, { type: 'server_silent' }]);
    expect(reduceSync(waiting, { type: 'time_passed' }, at(9)).state.isLate).toBe(false);
    expect(reduceSync(waiting, { type: 'time_passed' }, at(10)).state.isLate).toBe(true);

    const backAgain = after(
      [0, counted(3)],
      [1, { type: 'network_changed', isOnline: false }],
      [60, { type: 'network_changed', isOnline: true }],
    );
    expect(backAgain.state.isLate).toBe(false);
    expect(reduceSync(backAgain, { type: 'time_passed' }, at(70)).state.isLate).toBe(true);
  });
});
