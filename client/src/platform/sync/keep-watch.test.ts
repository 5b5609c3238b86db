import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboxHead } from '#platform/outbox/outbox-store.ts';
import { createManualTimers, type ManualTimers } from '#platform/testing/manual-timers.ts';
import { createTestClock, type TestClock } from '#platform/testing/test-clock.ts';
import { keepWatch } from './keep-watch.ts';
import type { Restart } from './watchdog.ts';

describe('keeping watch', () => {
  let clock: TestClock;
  let timers: ManualTimers;
  let life: AbortController;
  let head: OutboxHead | null;
  let isConnected: boolean;
  let isStreamOpen: boolean | null;
  let isReached: boolean;
  let deadConnectionCount: number;
  let restarted: Restart[];
  beforeEach(() => {
    clock = createTestClock(0);
    timers = createManualTimers();
    life = new AbortController();
    head = null;
    isConnected = true;
    isStreamOpen = true;
    isReached = true;
    deadConnectionCount = 0;
    restarted = [];
    keepWatch(
      {
        head: () => head,
        deviceClock: clock,
        timers,
        askServerTime: async () => 0,
        async askForStream() {
          deadConnectionCount -= 1;
          if (!isReached || deadConnectionCount >= 0) throw new Error('the cable is out');
          return isStreamOpen;
        },
        download: () => ({ isConnected, lastTokenAtMs: clock.monotonicMs() }),
        isOnline: () => true,
        restart: (part) => restarted.push(part),
        onProblem: (error) => {
          throw error;
        },
      },
      life.signal,
    );
  });
  afterEach(() => life.abort());

  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      clock.advance(1_000);
      timers.advance(1_000);
      for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
    }
  };

  it('leaves alone what the server says is there, or does not know of', async () => {
    await pass(120);
    isStreamOpen = null;
    await pass(120);
    expect(restarted).toEqual([]);
  });

  it('opens a stream anew whose other end is gone, within half a minute', async () => {
    isStreamOpen = false;
    await pass(25);
    expect(restarted).toEqual(['download', 'upload']);
  });

  it('asks ever less often where opening it anew changes nothing, and as before once it does', async () => {
    isStreamOpen = false;
    await pass(62);
    expect(restarted.length).toBe(8);
    await pass(3_600);
    expect(restarted.length).toBeLessThan(32);
    isStreamOpen = true;
    await pass(700);
    restarted.length = 0;
    isStreamOpen = false;
    await pass(25);
    expect(restarted.slice(0, 2)).toEqual(['download', 'upload']);
  });

  it('opens a stream anew that waits for its first answer on a dead line', async () => {
    isConnected = false;
    isStreamOpen = false;
    await pass(25);
    expect(restarted).toEqual(['download', 'upload']);
  });

  it('asks past connections that have died as well', async () => {
    isStreamOpen = false;
    deadConnectionCount = 3;
    await pass(25);
    expect(restarted).toEqual(['download', 'upload']);
  });

  it('asks again soon where the question found no way', async () => {
    isStreamOpen = false;
    isReached = false;
    await pass(60);
    expect(restarted).toEqual([]);
    isReached = true;
    await pass(6);
    expect(restarted).toEqual(['download', 'upload']);
  });

  it('finds a stuck queue also after the clock was put back', async () => {
    clock.setWall(clock.wallMs() - 86_400_000);
    head = { sequence: 7, state: 'waiting' };
    await pass(90);
    expect(restarted).toEqual(['upload']);
  });
});
