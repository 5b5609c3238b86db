import { expect, test } from 'vitest';
import type { Queryable } from '#oplog/oplog-store.ts';
import { parseLsn } from './lsn.ts';
import { type SlotReading, slotProblems, watchSlot } from './watch-slot.ts';

const megabyte = 1024 * 1024;
const well: SlotReading = {
  walStatus: 'reserved',
  retainedBytes: 20 * megabyte,
  unreadBytes: 0,
  limitBytes: 1000 * megabyte,
};

test('[SY35] what is well has no problems', () => {
  expect(slotProblems(well, 0)).toEqual([]);
  expect(slotProblems(null, 0)).toEqual([]);
  expect(slotProblems({ ...well, walStatus: null }, 0)).toEqual([]);
});

test('[SY35] log that piles up is told at half of what PostgreSQL keeps, and in any case before it gives up', () => {
  expect(slotProblems({ ...well, retainedBytes: 501 * megabyte }, 0)).toEqual([
    expect.stringMatching(
      /^PostgreSQL keeps 501 MB .* beyond 1000 MB \(max_slot_wal_keep_size\).*pg_stat_activity/,
    ),
  ]);
  expect(slotProblems({ ...well, walStatus: 'unreserved' }, 0)).toHaveLength(1);
  expect(slotProblems({ ...well, walStatus: 'lost' }, 0)).toEqual([expect.stringContaining('given up')]);
});

test('[SY35] without a limit it is told before the disk is full', () => {
  const unlimited = { ...well, limitBytes: null };
  expect(slotProblems({ ...unlimited, retainedBytes: 4000 * megabyte }, 0)).toEqual([]);
  expect(slotProblems({ ...unlimited, retainedBytes: 5000 * megabyte }, 0)).toEqual([
    expect.stringContaining('fill its disk'),
  ]);
});

test('[SY35] devices that are a minute behind are told of', () => {
  expect(slotProblems(well, 59_000)).toEqual([]);
  expect(slotProblems(well, 90_000)).toEqual([expect.stringContaining('90 s behind')]);
});

test('[SY35] lag counts from when the log first held what is not served, and ends when it is', async () => {
  let nowMs = 0;
  let written = '0/100';
  const db = {
    query: async () => ({
      rows: [{ status: 'reserved', written, retained: '0', unread: '0', limit: null }],
    }),
  } as unknown as Queryable;
  const watch = watchSlot(db, () => nowMs);
  await watch.look();
  watch.served(parseLsn('0/100'));
  expect(watch.lagMs()).toBe(0);
  for (const [at, position] of [
    [1000, '0/200'],
    [2000, '0/300'],
    [3000, '0/300'],
  ] as const) {
    nowMs = at;
    written = position;
    await watch.look();
  }
  nowMs = 4000;
  expect(watch.lagMs()).toBe(3000);
  watch.served(parseLsn('0/250'));
  expect(watch.lagMs()).toBe(2000);
  watch.served(parseLsn('0/300'));
  expect(watch.lagMs()).toBe(0);
  watch.stop();
});
