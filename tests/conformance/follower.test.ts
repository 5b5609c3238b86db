import type { Line } from '@eventkit/sync-server/testing/raw-reader.ts';
import { describe, expect, test } from 'vitest';
import { Follower } from './follower.ts';

const checkpoint = (lastOpId: number, checksum: number, name = 'b'): Line => ({
  checkpoint: {
    last_op_id: String(lastOpId),
    buckets: [{ bucket: name, checksum, count: 1, priority: 3, subscriptions: [{ default: 0 }] }],
    streams: [],
  },
});
const data = (...ops: readonly Line[]): Line => ({ data: { bucket: 'b', data: ops } });
const put = (opId: number, id: string, text: string, checksum = 1): Line => ({
  op_id: String(opId),
  op: 'PUT',
  checksum,
  object_type: 't',
  object_id: id,
  data: text,
});
const complete = (lastOpId: number): Line => ({ checkpoint_complete: { last_op_id: String(lastOpId) } });

function after(...lines: readonly Line[]): Follower {
  const follower = new Follower();
  follower.begin();
  for (const line of lines) follower.take(line);
  return follower;
}

const whole = [checkpoint(2, 2), data(put(1, 'x', 'one'), put(2, 'y', 'two')), complete(2)];

describe('a device that goes by the letter', () => {
  test('keeps rows, positions and no fault where all is right', () => {
    const device = after(...whole);
    expect(device.faults).toEqual([]);
    expect(device.isComplete).toBe(true);
    expect(device.positions()).toEqual([{ name: 'b', after: '2' }]);
    expect(device.rows()).toEqual(
      new Map([
        ['t/x', 'one'],
        ['t/y', 'two'],
      ]),
    );
    expect(device.row('t/x')).toBe('one');
  });

  test('starts over from the beginning at a CLEAR of number 0, and comes back with 0 behind it', () => {
    const device = after(...whole);
    device.begin();
    device.take(checkpoint(3, 3));
    device.take(data({ op_id: '0', op: 'CLEAR', checksum: 0 }));
    expect(device.positions()).toEqual([{ name: 'b', after: '0' }]);
    device.take(data(put(1, 'x', 'one'), put(3, 'z', 'three', 2)));
    device.take(complete(3));
    expect(device.faults).toEqual([]);
    expect([...device.rows().keys()]).toEqual(['t/x', 't/z']);
  });

  test('adds MOVE, starts over at CLEAR, and forgets what is removed', () => {
    const device = after(
      checkpoint(5, 12),
      data(
        put(1, 'x', 'one'),
        { op_id: '2', op: 'CLEAR', checksum: 5 },
        put(3, 'y', 'two'),
        { op_id: '4', op: 'MOVE', checksum: 4 },
        { op_id: '5', op: 'REMOVE', checksum: 2, object_type: 't', object_id: 'y' },
      ),
      complete(5),
    );
    expect(device.faults).toEqual([]);
    expect(device.rows().size).toBe(0);
  });

  test.each<[string, readonly Line[]]>([
    ['a sum that is wrong', [checkpoint(2, 3), ...whole.slice(1)]],
    ['a bucket that never came', [checkpoint(2, 2), complete(2)]],
    ['a line of two keys', [{ ...checkpoint(2, 0), ...complete(2) }]],
    [
      'a diff before any checkpoint',
      [{ checkpoint_diff: { last_op_id: '1', updated_buckets: [], removed_buckets: [] } }],
    ],
    ['an operation that was there before', [...whole, data(put(2, 'y', 'two'))]],
    ['a completion of another checkpoint', [...whole, complete(1)]],
    ['a checkpoint that goes back', [...whole, checkpoint(1, 2)]],
    ['a number that is not text', [checkpoint(1, 1), data({ ...put(1, 'x', 'one'), op_id: 1 }), complete(1)]],
    ['a PUT without content', [checkpoint(1, 1), data({ ...put(1, 'x', 'one'), data: null }), complete(1)]],
    [
      'a partial completion with a wrong sum',
      [checkpoint(1, 9), { partial_checkpoint_complete: { last_op_id: '1', priority: 3 } }],
    ],
  ])('notes %s', (_, lines) => {
    expect(after(...lines).faults).not.toEqual([]);
  });

  test('throws away what has a wrong sum, and asks for it from the beginning', () => {
    const device = after(checkpoint(2, 3), ...whole.slice(1));
    expect(device.positions()).toEqual([]);
  });

  test('counts what came again unchanged, and what was left behind', () => {
    const device = after(...whole);
    device.begin();
    device.take(checkpoint(4, 4));
    device.take(data(put(3, 'x', 'one'), put(4, 'y', 'new')));
    device.take(complete(4));
    expect([device.faults, device.repeatedRows, device.receivedOps]).toEqual([[], 1, 2]);
    device.begin();
    device.take(checkpoint(4, 0, 'other'));
    expect(device.abandonedRows).toBe(2);
    expect(device.rows().size).toBe(0);
  });
});
