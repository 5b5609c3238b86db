import { expect, test } from 'vitest';
import { BucketLog } from './bucket-log.ts';

const limits = { ops: 5, bytes: 1_000_000 };

function append(log: BucketLog, from: number, to: number): void {
  for (let opId = from; opId <= to; opId += 1)
    log.append({ opId, table: 't', rowId: 'r', checksum: opId, data: 'x' });
}

test('what a transaction superseded of its own is counted where it is, also when a segment is full with it', () => {
  const log = new BucketLog(1, 'b', limits);
  append(log, 1, 4);
  const fork = log.fork();
  append(fork, 5, 7);
  fork.noteSuperseded(5);
  fork.noteSuperseded(6);
  log.absorb(fork);
  log.seal();
  // Four live ones in a line, then one and the rest.
  expect(log.countAfter(0)).toBe(6);
  expect(log.countAfter(4)).toBe(2);
  expect(log.rowCounts).toEqual({ all: 7, superseded: 2 });
});
