import { describe, expect, it } from 'vitest';
import { createTestClock } from '#platform/testing/test-clock.ts';
import { createCorrectedClock } from './corrected-clock.ts';
import { measureClock } from './measure-clock.ts';

const noon = Date.UTC(2026, 10, 22, 12);
const day = 86_400_000;
const never = new AbortController().signal;

describe('the corrected clock', () => {
  it('knows the server’s time on a device whose clock is a day off, and after it was changed mid-shift', async () => {
    const device = createTestClock(noon - day);
    const clock = createCorrectedClock(device, null);
    expect(clock.offsetMs()).toBeNull();

    clock.adopt(await measureClock({ clock: device, askServerTime: async () => noon }, never));
    expect(clock.nowMs()).toBe(noon);
    expect(clock.offsetMs()).toBe(day);

    device.advance(60_000);
    device.setWall(noon + 3 * day);
    device.advance(1_000);
    expect(clock.nowMs()).toBe(noon + 61_000);
    expect(clock.isChecked()).toBe(true);
  });

  it('has one zero: what it says goes over the wire, which knows no other', () => {
    const device = createTestClock(noon);
    const clock = createCorrectedClock(device, null);
    clock.adopt({ serverMs: noon - 0.25, monotonicMs: device.monotonicMs(), roundTripMs: 1 });
    expect(clock.offsetMs()).toBe(0);
  });

  it('trusts the quickest of several round trips', async () => {
    const device = createTestClock(noon);
    const trips = [400, 20, 900, 300, 500];
    const askServerTime = async () => {
      const trip = trips.shift() ?? 0;
      device.advance(trip * 0.9);
      const serverMs = device.wallMs() + 5_000;
      device.advance(trip * 0.1);
      return serverMs;
    };
    const sample = await measureClock({ clock: device, askServerTime }, never);
    const clock = createCorrectedClock(device, null);
    clock.adopt(sample);
    expect(sample.roundTripMs).toBe(20);
    expect(Math.abs(clock.nowMs() - (device.wallMs() + 5_000))).toBeLessThanOrEqual(10);
  });

  it('goes on after a sleep in which the monotonic clock stood still, and says that it is not sure', () => {
    const device = createTestClock(noon);
    const clock = createCorrectedClock(device, 5_000);
    clock.adopt({ serverMs: noon + 5_000, monotonicMs: device.monotonicMs(), roundTripMs: 2 });
    device.sleep(3_600_000);
    clock.noteResumed();
    expect(clock.nowMs()).toBe(noon + 3_605_000);
    expect(clock.isChecked()).toBe(false);
  });

  it('is not put back by a wall clock that is', () => {
    const device = createTestClock(noon);
    const clock = createCorrectedClock(device, 0);
    device.setWall(noon - day);
    clock.noteResumed();
    expect(clock.nowMs()).toBe(noon);
  });

  it('starts from what an earlier run measured, unchecked', () => {
    const clock = createCorrectedClock(createTestClock(noon), -7_000);
    expect([clock.nowMs(), clock.offsetMs(), clock.isChecked()]).toEqual([noon - 7_000, -7_000, false]);
  });
});
