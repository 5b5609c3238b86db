import { type Instant, instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { describe, expect, test } from 'vitest';
import { type DeviceVitals, judgeDevice, type StorageVitals, severityOf } from './judge-device.ts';

const DAY_MS = 86_400_000;
const nowMs = Date.UTC(2026, 10, 22, 12);
const ago = (ms: number): Instant => instantOfMs(nowMs - ms);
const minutes = (count: number) => count * 60_000;

function storage(epoch: string, changes: Partial<StorageVitals> = {}): StorageVitals {
  return {
    epoch,
    startedAt: ago(20 * DAY_MS),
    lastContactAt: ago(minutes(1)),
    queueLength: 0,
    oldestWaitingAt: null,
    appVersion: '1',
    clockOffsetMs: 0,
    isStorageKept: true,
    seen: { lastSequence: 10, gaps: [] },
    recordedSequence: 10,
    ...changes,
  };
}

function judge(device: Partial<DeviceVitals>) {
  const vitals = {
    registeredAt: ago(60 * DAY_MS),
    revokedAt: null,
    wipeOrderedAt: null,
    keptCount: 0,
    storages: [],
    ...device,
  };
  return judgeDevice(vitals, { nowMs, silentAfterMs: 7 * DAY_MS });
}

const kindsOf = (device: Partial<DeviceVitals>) => judge(device).findings.map(({ kind }) => kind);

describe('what is the matter with a device', () => {
  test('[SH1] nothing, where its one storage was heard and all of it came', () => {
    const { storages, findings } = judge({ storages: [storage('a')] });
    expect(findings).toEqual([]);
    expect(storages).toMatchObject([{ epoch: 'a', lostAt: null, missingCount: 0 }]);
  });

  test('[SH1] a storage that was not heard after the next one began is lost from then on', () => {
    const first = storage('a', { startedAt: ago(30 * DAY_MS), lastContactAt: ago(20 * DAY_MS) });
    const second = storage('b', { startedAt: ago(19 * DAY_MS), lastContactAt: ago(12 * DAY_MS) });
    const third = storage('c', { startedAt: ago(11 * DAY_MS) });
    const { storages } = judge({ storages: [second, first, third] });
    expect(storages.map(({ epoch, lostAt }) => [epoch, lostAt])).toEqual([
      ['c', null],
      ['b', ago(11 * DAY_MS)],
      ['a', ago(19 * DAY_MS)],
    ]);
  });

  test('[SH1] two storages that are both heard, as of a copied profile, are none of them lost', () => {
    const first = storage('a', { startedAt: ago(30 * DAY_MS), lastContactAt: ago(minutes(2)) });
    const second = storage('b', { startedAt: ago(10 * DAY_MS), lastContactAt: ago(minutes(1)) });
    expect(judge({ storages: [first, second] }).storages.map(({ lostAt }) => lostAt)).toEqual([null, null]);
  });

  test('[SH2] a lost storage counts what did not come of it, for a month', () => {
    const lost = storage('a', {
      lastContactAt: ago(10 * DAY_MS),
      seen: { lastSequence: 10, gaps: [[4, 5]] },
      recordedSequence: 13,
    });
    const present = storage('b', { startedAt: ago(9 * DAY_MS) });
    expect(judge({ storages: [lost, present] }).findings).toEqual([
      { kind: 'storage_lost', count: 5, since: ago(9 * DAY_MS) },
    ]);
    const all = { ...lost, seen: { lastSequence: 13, gaps: [] } };
    expect(kindsOf({ storages: [all, present] })).toEqual([]);
    const longAgo = storage('b', { startedAt: ago(31 * DAY_MS) });
    expect(kindsOf({ storages: [{ ...lost, lastContactAt: ago(32 * DAY_MS) }, longAgo] })).toEqual([]);
  });

  test('[SH1] [SH2] a storage that was never heard is lost since the present one began', () => {
    const unheard = storage('a', {
      startedAt: null,
      lastContactAt: null,
      seen: { lastSequence: 0, gaps: [] },
      recordedSequence: 4,
    });
    const present = storage('b', { startedAt: ago(DAY_MS) });
    expect(judge({ storages: [unheard, present] }).findings).toEqual([
      { kind: 'storage_lost', count: 4, since: ago(DAY_MS) },
    ]);
  });

  test('[SH3] numbers that were skipped are missing, those still to come are not', () => {
    const present = storage('a', {
      seen: {
        lastSequence: 10,
        gaps: [
          [2, 2],
          [5, 7],
        ],
      },
      recordedSequence: 40,
    });
    expect(judge({ storages: [present] }).findings).toEqual([
      { kind: 'numbers_missing', count: 4, since: null },
    ]);
  });

  test('[SH4] silence is told after a week, with what waited', () => {
    const silent = storage('a', {
      lastContactAt: ago(8 * DAY_MS),
      queueLength: 3,
      oldestWaitingAt: ago(9 * DAY_MS),
    });
    expect(judge({ storages: [silent] }).findings).toEqual([
      { kind: 'silent', count: 3, since: ago(8 * DAY_MS) },
    ]);
    expect(kindsOf({ storages: [storage('a', { lastContactAt: ago(6 * DAY_MS) })] })).toEqual([]);
    expect(judge({ registeredAt: ago(8 * DAY_MS) }).findings).toEqual([
      { kind: 'silent', count: 0, since: ago(8 * DAY_MS) },
    ]);
    expect(kindsOf({ registeredAt: ago(DAY_MS) })).toEqual([]);
  });

  test('[SH5] a queue is stuck where the device is heard and an operation has waited for an hour', () => {
    const waiting = (heardMs: number, waitedMs: number) =>
      kindsOf({
        storages: [
          storage('a', { lastContactAt: ago(heardMs), queueLength: 2, oldestWaitingAt: ago(waitedMs) }),
        ],
      });
    expect(waiting(minutes(5), minutes(61))).toEqual(['queue_stuck']);
    expect(waiting(minutes(5), minutes(59))).toEqual([]);
    expect(waiting(minutes(16), minutes(61))).toEqual([]);
  });

  test('[SH7] a revoked device is neither silent nor stuck; what waits on it is told', () => {
    const stuck = storage('a', { queueLength: 2, oldestWaitingAt: ago(DAY_MS), isStorageKept: false });
    const revokedAt = ago(minutes(2));
    expect(judge({ revokedAt, storages: [stuck] }).findings).toEqual([
      { kind: 'revoked_with_queue', count: 2, since: revokedAt },
    ]);
    expect(kindsOf({ revokedAt, storages: [storage('a', { lastContactAt: ago(90 * DAY_MS) })] })).toEqual([]);
  });

  test('[SH6] [SH8] [SH9] findings come worst first', () => {
    const present = storage('a', { clockOffsetMs: -120_000, isStorageKept: false });
    const judged = judge({ keptCount: 2, storages: [present] });
    expect(judged.findings.map(({ kind, count }) => [kind, count])).toEqual([
      ['kept_unread', 2],
      ['storage_not_kept', 0],
      ['clock_off', 0],
    ]);
    expect(kindsOf({ storages: [storage('a', { clockOffsetMs: 119_999, isStorageKept: null })] })).toEqual(
      [],
    );
    expect(severityOf(judged)).toBeLessThan(
      severityOf(judge({ storages: [{ ...present, clockOffsetMs: 0 }] })),
    );
    expect(severityOf(judge({ storages: [present] }))).toBeLessThan(
      severityOf(judge({ storages: [storage('a')] })),
    );
  });
});
