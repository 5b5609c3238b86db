import { describe, expect, it } from 'vitest';
import { noteRestart, startWatchdog, type Vitals, type WatchdogMemory, watch } from './watchdog.ts';

const healthy: Vitals = { nowMs: 0, head: null, isConnected: true, lastTokenAtMs: 0 };

function look(memory: WatchdogMemory, ...looks: Partial<Vitals>[]) {
  let outcome = { memory, stuck: [] as string[] };
  for (const vitals of looks) outcome = watch(outcome.memory, { ...healthy, ...vitals });
  return outcome;
}

describe('the watchdog', () => {
  const waiting = { sequence: 7, state: 'waiting' } as const;
  const answered = { sequence: 7, state: 'answered' } as const;

  it('finds the upload stuck when the same operation waits for a minute, not when others take its place', () => {
    expect(
      look(startWatchdog(0), { nowMs: 0, head: waiting }, { nowMs: 59_000, head: waiting }).stuck,
    ).toEqual([]);
    expect(
      look(startWatchdog(0), { nowMs: 0, head: waiting }, { nowMs: 60_000, head: waiting }).stuck,
    ).toEqual(['upload']);
    const next = { sequence: 8, state: 'waiting' } as const;
    expect(look(startWatchdog(0), { nowMs: 0, head: waiting }, { nowMs: 60_000, head: next }).stuck).toEqual(
      [],
    );
  });

  it('finds the download stuck when an answered operation gets no rows', () => {
    expect(
      look(startWatchdog(0), { nowMs: 0, head: answered }, { nowMs: 61_000, head: answered }).stuck,
    ).toEqual(['download']);
  });

  it('restarts both from the third time on', () => {
    let memory = look(startWatchdog(0), { nowMs: 0, head: waiting }).memory;
    for (const minute of [1, 2, 3]) {
      const nowMs = minute * 60_000;
      const found = watch(memory, { ...healthy, nowMs, head: waiting });
      expect(found.stuck).toEqual(minute < 3 ? ['upload'] : ['upload', 'download']);
      memory = noteRestart(found.memory, nowMs);
    }
  });

  it('finds a stream that stays away, and one that lives without ever asking for a token', () => {
    const away = { isConnected: false };
    expect(look(startWatchdog(0), { ...away, nowMs: 0 }, { ...away, nowMs: 60_000 }).stuck).toEqual([
      'download',
    ]);
    expect(look(startWatchdog(0), { nowMs: 599_000 }).stuck).toEqual([]);
    expect(look(startWatchdog(0), { nowMs: 600_000 }).stuck).toEqual(['download']);
  });
});
