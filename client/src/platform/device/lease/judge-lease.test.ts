import type { DeviceId, TenantId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { describe, expect, it } from 'vitest';
import { judgeLease } from './judge-lease.ts';
import type { Lease } from './lease.ts';

const HOUR = 3_600_000;
const issuedAtMs = Date.UTC(2026, 10, 22, 12);
const holder = {
  tenantId: 'nordlicht' as TenantId,
  userId: 'jana' as UserId,
  deviceId: 'dock-2' as DeviceId,
  isConfirmed: false,
};
const lease: Lease = { ...holder, issuedAtMs, endsAtMs: issuedAtMs + 72 * HOUR };
const after = (hours: number, seenHours = 0) => ({
  nowMs: issuedAtMs + hours * HOUR,
  seenMs: issuedAtMs + seenHours * HOUR,
});

describe('the right to show what a device holds', () => {
  it('is held, warns for the last twelve hours, and ends', () => {
    expect(judgeLease(lease, holder, after(1)).state).toBe('held');
    expect(judgeLease(lease, holder, after(59.9)).state).toBe('held');
    expect(judgeLease(lease, holder, after(60))).toEqual({
      state: 'ending',
      endsAt: '2026-11-25T12:00:00.000000Z',
    });
    expect(judgeLease(lease, holder, after(72))).toEqual({ state: 'locked', why: 'ended' });
  });

  it('is not to be had by a clock that is set back', () => {
    expect(judgeLease(lease, holder, after(-1))).toEqual({ state: 'locked', why: 'clock_set_back' });
    expect(judgeLease(lease, holder, after(1, 30))).toEqual({ state: 'locked', why: 'clock_set_back' });
    // Some minutes are no harm, and prolong nothing.
    expect(judgeLease(lease, holder, after(30, 30.1)).state).toBe('held');
    expect(judgeLease(lease, holder, after(71.95, 72))).toEqual({ state: 'locked', why: 'ended' });
  });

  it.each(['tenantId', 'userId', 'deviceId'] as const)('is not that of another %s', (field) => {
    const other = { ...lease, [field]: 'another' } as Lease;
    expect(judgeLease(other, holder, after(1))).toEqual({ state: 'locked', why: 'no_lease' });
  });

  it('needs a lease, unless the server has confirmed the person on this run', () => {
    expect(judgeLease(null, holder, after(1))).toEqual({ state: 'locked', why: 'no_lease' });
    expect(judgeLease(null, { ...holder, isConfirmed: true }, after(1))).toEqual({
      state: 'held',
      endsAt: null,
    });
    // What was leased ends as it was said: a page that stays open for weeks was confirmed long ago.
    expect(judgeLease(lease, { ...holder, isConfirmed: true }, after(73)).state).toBe('locked');
  });
});
