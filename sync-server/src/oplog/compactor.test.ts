import { expect, test } from 'vitest';
import { BucketLog } from './bucket-log.ts';
import { startCompactor } from './compactor.ts';
import { Oplog } from './oplog.ts';
import type { Queryable } from './oplog-store.ts';

/** A bucket of ten operations of one row, in segments of five, of which nine are superseded. */
function openLog(): Oplog {
  const limits = { ops: 5, bytes: 1_000_000 };
  const oplog = new Oplog(0, limits);
  const bucket = new BucketLog(1, 'b', limits);
  for (let opId = 1; opId <= 10; opId += 1) {
    bucket.append({ opId, table: 't', rowId: 'r', checksum: opId, data: 'x' });
    if (opId > 1) bucket.noteSuperseded(opId - 1);
  }
  oplog.open('d', [bucket], 10, () => Promise.reject(new Error('nobody reads')));
  return oplog;
}

test('[SY32] what fails is tried again when more has gathered, and ends when it is told to', async () => {
  const oplog = openLog();
  const failures: unknown[] = [];
  const merged: number[] = [];
  let isBroken = true;
  const deleted = [5, 4];
  const db = {
    query: async (what: string | { name: string }) => {
      const name = typeof what === 'string' ? what : what.name;
      if (isBroken && name === 'sync-remove-superseded') throw new Error('a deadlock');
      return { rows: [], rowCount: name === 'sync-remove-superseded' ? deleted.shift() : 0 };
    },
  } as unknown as Queryable;
  const until = async (check: () => boolean) => {
    while (!check()) await new Promise((resolve) => setImmediate(resolve));
  };
  const stop = startCompactor({
    db,
    oplog,
    every: 1,
    onMerged: (count) => merged.push(count),
    onFailure: (error) => failures.push(error),
  });
  await until(() => failures.length === 1);
  expect(oplog.rowCounts).toEqual({ all: 10, superseded: 9 });
  isBroken = false;
  oplog.publish([], [{ bucket: 'b', opId: 10, count: 1 }], 11);
  await until(() => merged.length === 2);
  expect(merged).toEqual([5, 4]);
  await stop();
  expect(oplog.rowCounts.all).toBe(1);
});
