import { createObservable, type Observable } from '#platform/live/observable.ts';
import { readDeviceState, writeDeviceState } from '#platform/replica/device-state.ts';
import type { Replica } from '#platform/replica/replica.ts';
import type { CorrectedClock } from '#platform/sync/corrected-clock.ts';
import type { Timers } from '#platform/sync/timers.ts';
import { judgeLease } from './judge-lease.ts';
import type { GrantedLease, Lease, LeaseHolder, LeaseStanding } from './lease.ts';
import { verifyLease } from './verify-lease.ts';

export type LeaseKeeper = {
  readonly standing: Observable<LeaseStanding>;
  /** The server has leased anew. One that is not as it should be changes nothing. */
  renew(granted: GrantedLease): Promise<void>;
  /** Judges now: the device was asleep, or the person was confirmed. */
  look(): void;
};

const LOOK_EVERY_MS = 30_000;
/** What a device that dies forgets of the time it has seen; less than what counts as a clock set back. */
const NOTE_TIME_EVERY_MS = 300_000;

/**
 * Keeps the lease beside the rows that it opens, and says whether they may be shown. Looks every half minute for as long
 * as the device runs.
 */
export async function keepLease(ports: {
  readonly replica: Replica;
  readonly clock: Pick<CorrectedClock, 'nowMs' | 'isChecked'>;
  readonly timers: Timers;
  /** Who uses the device, and whether the server has confirmed so on this run. */
  readonly holder: () => LeaseHolder & { readonly isConfirmed: boolean };
  readonly onProblem: (what: string, error: unknown) => void;
}): Promise<LeaseKeeper> {
  const { replica, clock, timers, holder } = ports;
  let lease: Lease | null = null;
  let seenMs = 0;
  let notedMs = 0;
  /** How far the clock is behind the newest lease, until the server is asked for its time. */
  let behindMs = 0;

  const load = async () => {
    const kept = await readDeviceState(replica, ['lease', 'lease_key', 'time_seen_ms']);
    notedMs = Number(kept.time_seen_ms ?? 0);
    seenMs = Math.max(seenMs, notedMs);
    if (kept.lease !== null && kept.lease_key !== null)
      lease = await verifyLease({ lease: kept.lease, leaseKey: kept.lease_key });
  };
  const judge = () => {
    const nowMs = clock.nowMs() + (clock.isChecked() ? 0 : behindMs);
    // The server has said what time it is: whatever was seen before, on a wrong clock too, counts no more.
    if (clock.isChecked()) seenMs = nowMs;
    const standing = judgeLease(lease, holder(), { nowMs, seenMs });
    // While it is locked the time may be wrong, and to note it would keep the device locked after it was put right.
    if (standing.state !== 'locked') seenMs = Math.max(seenMs, nowMs);
    return standing;
  };
  const noteTime = async () => {
    if (Math.abs(seenMs - notedMs) < NOTE_TIME_EVERY_MS) return;
    notedMs = seenMs;
    await writeDeviceState(replica, { time_seen_ms: String(Math.round(seenMs)) });
  };
  const lookAgain = () => {
    lookAndNote().catch((error: unknown) => ports.onProblem('look at the lease', error));
    timers.after(LOOK_EVERY_MS, lookAgain);
  };
  const lookAndNote = async () => {
    // Of several tabs one reaches the server, and may have renewed it.
    if (judge().state !== 'held') await load();
    standing.set(judge());
    await noteTime();
  };

  await load();
  const standing = createObservable<LeaseStanding>(judge(), isSame);
  timers.after(LOOK_EVERY_MS, lookAgain);
  return {
    standing,
    look: () => standing.set(judge()),
    async renew(granted) {
      const renewed = await verifyLease(granted);
      if (renewed === null) return;
      lease = renewed;
      // Its beginning is the server's time, which counts more than any clock of this device.
      behindMs = Math.max(0, renewed.issuedAtMs - clock.nowMs());
      seenMs = clock.isChecked() ? clock.nowMs() : renewed.issuedAtMs;
      notedMs = seenMs;
      standing.set(judge());
      await writeDeviceState(replica, {
        lease: granted.lease,
        lease_key: granted.leaseKey,
        time_seen_ms: String(Math.round(seenMs)),
      });
    },
  };
}

function isSame(a: LeaseStanding, b: LeaseStanding): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
