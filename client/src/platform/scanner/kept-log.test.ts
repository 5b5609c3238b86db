import { describe, expect, it } from 'vitest';
import { keepLog, loadLog } from './kept-log.ts';
import { noteScan, type SessionLog } from './session-log.ts';
import { createTestStorage } from './testing/test-storage.ts';

function logOf(count: number): SessionLog<null> {
  const report = { outcome: 'ok', code: 'A-1', title: null, detail: null, operationId: null } as const;
  return Array.from({ length: count }).reduce<SessionLog<null>>(
    (log, _, index) => noteScan(log, { ...report, completesLine: false }, index),
    [],
  );
}

describe('the log over a reload', () => {
  it('comes back, the newest of it, for its own screen only', () => {
    const place = createTestStorage();
    keepLog(place, 'out:1', logOf(150));
    expect(loadLog(place, 'out:1', 200)).toEqual(logOf(150).slice(0, 100));
    expect(loadLog(place, 'out:2', 200)).toEqual([]);
  });

  it('is a new session on the next day', () => {
    const place = createTestStorage();
    keepLog(place, 'out:1', logOf(3));
    expect(loadLog(place, 'out:1', 15 * 3_600_000)).toEqual([]);
  });

  it('gives its room up when storage is full', () => {
    const place = createTestStorage({ isFull: true });
    place.kept.set('eventkit.scans.out:1', '[]');
    keepLog(place, 'out:1', logOf(3));
    expect(place.kept.size).toBe(0);
  });
});
