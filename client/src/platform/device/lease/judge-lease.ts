import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import type { Lease, LeaseHolder, LeaseStanding } from './lease.ts';

const WARN_BEFORE_MS = 12 * 3_600_000;
/** Clocks are put right by minutes without anybody meaning harm. */
const SET_BACK_AT_LEAST_MS = 600_000;

/**
 * Judges by the latest time that is known to have been, so that a clock that was set back prolongs nothing. A device
 * that was never leased is open for as long as the server has confirmed its person on this run.
 */
export function judgeLease(
  lease: Lease | null,
  holder: LeaseHolder & { readonly isConfirmed: boolean },
  time: {
    readonly nowMs: number;
    /** The latest that this device has seen, on whatever run; 0 where it has seen none. */
    readonly seenMs: number;
  },
): LeaseStanding {
  if (lease === null || !isOf(lease, holder)) {
    return holder.isConfirmed ? { state: 'held', endsAt: null } : { state: 'locked', why: 'no_lease' };
  }
  const seenMs = Math.max(time.seenMs, lease.issuedAtMs);
  if (time.nowMs < seenMs - SET_BACK_AT_LEAST_MS) return { state: 'locked', why: 'clock_set_back' };
  const leftMs = lease.endsAtMs - Math.max(time.nowMs, seenMs);
  if (leftMs <= 0) return { state: 'locked', why: 'ended' };
  const endsAt = instantOfMs(lease.endsAtMs);
  return { state: leftMs <= WARN_BEFORE_MS ? 'ending' : 'held', endsAt };
}

function isOf(lease: Lease, { tenantId, userId, deviceId }: LeaseHolder): boolean {
  return lease.tenantId === tenantId && lease.userId === userId && lease.deviceId === deviceId;
}
