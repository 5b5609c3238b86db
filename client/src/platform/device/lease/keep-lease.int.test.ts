import type { TenantId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeDeviceState } from '#platform/replica/device-state.ts';
import { createCorrectedClock } from '#platform/sync/corrected-clock.ts';
import { createManualTimers, type ManualTimers } from '#platform/testing/manual-timers.ts';
import { openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import { createTestLeases } from '#platform/testing/test-lease.ts';
import { keepLease } from './keep-lease.ts';

const HOUR = 3_600_000;
const noon = Date.UTC(2026, 10, 22, 12);

describe('the lease of a device', () => {
  let device: TestDevice;
  let leases: Awaited<ReturnType<typeof createTestLeases>>;
  let timers: ManualTimers;
  beforeEach(async () => {
    device = await openTestDevice();
    leases = await createTestLeases();
    timers = createManualTimers();
  });
  afterEach(() => device.close());

  const person = () => ({
    tenantId: 'nordlicht' as TenantId,
    userId: 'jana' as UserId,
    deviceId: device.deviceId,
  });
  const open = async (of = person()) => {
    const clock = createCorrectedClock(device.clock, 0);
    const kept = await keepLease({
      replica: device.replica,
      clock,
      timers,
      holder: () => ({ ...of, isConfirmed: false }),
      onProblem: (what, error) => expect.fail(`${what}: ${error}`),
    });
    return {
      ...kept,
      clock,
      pass(ms: number) {
        device.clock.advance(ms);
        timers.advance(30_000);
      },
    };
  };
  const leased = async () => {
    const kept = await open();
    await kept.renew(await leases.grant(person(), noon));
    return kept;
  };

  it('is kept beside the rows, and opens them on the next run too', async () => {
    const first = await open();
    expect(first.standing.current()).toEqual({ state: 'locked', why: 'no_lease' });
    await first.renew(await leases.grant(person(), noon));
    expect(first.standing.current().state).toBe('held');
    expect((await open()).standing.current().state).toBe('held');
    expect((await open({ ...person(), userId: 'emre' as UserId })).standing.current().state).toBe('locked');
  });

  it('warns, ends while the app is open, and is renewed', async () => {
    const { standing, pass, renew } = await leased();
    pass(61 * HOUR);
    await vi.waitFor(() => expect(standing.current().state).toBe('ending'));
    pass(11 * HOUR);
    await vi.waitFor(() => expect(standing.current()).toEqual({ state: 'locked', why: 'ended' }));
    // The clock of the device is an hour slow, and nobody has measured it yet.
    await renew(await leases.grant(person(), noon + 73 * HOUR));
    expect(standing.current().state).toBe('held');
    pass(73 * HOUR);
    await vi.waitFor(() => expect(standing.current()).toEqual({ state: 'locked', why: 'ended' }));
  });

  it('is not prolonged by a clock that is set back between two runs, and is there again when it is right', async () => {
    const { pass } = await leased();
    pass(20 * HOUR);
    await vi.waitFor(async () => {
      const [row] = await device.replica.getAll<{ value: string }>(
        "SELECT value FROM device_state WHERE key = 'time_seen_ms'",
      );
      expect(Number(row?.value)).toBe(noon + 20 * HOUR);
    });
    device.clock.setWall(noon + HOUR);
    expect((await open()).standing.current()).toEqual({ state: 'locked', why: 'clock_set_back' });
    device.clock.setWall(noon + 21 * HOUR);
    expect((await open()).standing.current().state).toBe('held');
  });

  it('a clock that is wrong while the app runs has no effect, and the word of the server counts more than all', async () => {
    const { standing, look, pass, clock } = await leased();
    device.clock.setWall(noon - 48 * HOUR);
    pass(HOUR);
    expect(standing.current().state).toBe('held');
    device.clock.setWall(noon + 500 * HOUR);
    clock.noteResumed();
    look();
    expect(standing.current()).toEqual({ state: 'locked', why: 'ended' });
    clock.adopt({ serverMs: noon + 2 * HOUR, monotonicMs: device.clock.monotonicMs(), roundTripMs: 1 });
    look();
    expect(standing.current().state).toBe('held');
  });

  it('hears of what another tab was given, and takes no lease that is forged', async () => {
    const other = await leased();
    const { standing, renew, pass } = await open();
    pass(61 * HOUR);
    await vi.waitFor(() => expect(standing.current().state).toBe('ending'));
    await renew(await (await createTestLeases()).grant(person(), noon + 61 * HOUR, { claims: { exp: 'x' } }));
    expect(standing.current().state).toBe('ending');
    await other.renew(await leases.grant(person(), noon + 61 * HOUR));
    pass(0);
    await vi.waitFor(() => expect(standing.current().state).toBe('held'));
    await writeDeviceState(device.replica, { lease_key: (await createTestLeases()).leaseKey });
    expect((await open()).standing.current()).toEqual({ state: 'locked', why: 'no_lease' });
  });
});
