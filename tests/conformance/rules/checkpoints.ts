import assert from 'node:assert/strict';
import type { Line } from '@eventkit/sync-server/testing/raw-reader.ts';
import { checkpointsOf, checksumsOf, rowsOf } from '@eventkit/sync-server/testing/read-lines.ts';
import { Follower } from '#conformance/follower.ts';
import type { Rule } from '#conformance/rule.ts';

type FirstLine = {
  readonly buckets: readonly {
    readonly bucket: string;
    readonly checksum: number;
    readonly count: number;
    readonly priority: number;
    readonly subscriptions: readonly { readonly default?: number; readonly sub?: number }[];
  }[];
  readonly streams: readonly {
    readonly name: string;
    readonly is_default: boolean;
    readonly errors: readonly unknown[];
  }[];
};

export const checkpointRules: readonly Rule[] = [
  {
    title: '[SY8] the first line names every bucket with checksum, count, priority and reasons',
    async check({ drained }) {
      const { lines } = await drained();
      const { buckets, streams } = firstOf(lines);
      assert.ok(buckets.length > 0, 'the token opens buckets');
      assert.equal(new Set(buckets.map((bucket) => bucket.bucket)).size, buckets.length, 'no bucket twice');
      for (const bucket of buckets) {
        assert.ok(Number.isInteger(bucket.checksum) && Math.abs(bucket.checksum) < 2 ** 32);
        assert.ok(Number.isInteger(bucket.count) && bucket.count >= 0);
        assert.ok([0, 1, 2, 3].includes(bucket.priority));
        assert.ok(bucket.subscriptions.length > 0, 'somebody asked for it');
        for (const reason of bucket.subscriptions) assert.ok(streams[reason.default ?? -1]?.is_default);
      }
      for (const stream of streams) {
        assert.equal(typeof stream.name, 'string');
        assert.deepEqual(stream.errors, []);
      }
    },
  },
  {
    title: '[SY8] a bucket without any operation is listed, with sum and count 0',
    async check({ drained, need }) {
      const { lines } = await drained();
      const withData = new Set(checksumsOf(lines).keys());
      const empty = checkpointsOf(lines)[0]?.buckets.filter(({ bucket }) => !withData.has(bucket)) ?? [];
      need(empty[0] ?? null, 'a bucket that is empty');
      for (const { checksum, count } of empty) assert.deepEqual([checksum, count], [0, 0]);
    },
  },
  {
    title: '[SY9] data comes by priority, a partial completion only after its own, one completion at last',
    async check({ drained }) {
      const { lines } = await drained();
      const { buckets } = firstOf(lines);
      const priorityOf = new Map(buckets.map(({ bucket, priority }) => [bucket, priority]));
      let reached = 0;
      let done = -1;
      for (const line of lines) {
        const data = line['data'] as { bucket: string } | undefined;
        const part = line['partial_checkpoint_complete'] as { priority: number } | undefined;
        if (data !== undefined) {
          const priority = priorityOf.get(data.bucket) ?? Number.NaN;
          assert.ok(priority >= reached && priority > done, `data of priority ${priority} after ${reached}`);
          reached = priority;
        }
        if (part !== undefined) {
          assert.ok(part.priority >= reached && part.priority > done);
          done = part.priority;
        }
      }
      assert.equal(lines.filter((line) => 'checkpoint_complete' in line).length, 1);
      assert.ok(done < Math.max(...priorityOf.values()), 'the last priority ends with the whole');
    },
  },
  {
    title: '[SY9] a checkpoint without any data is completed, too',
    async check({ drained }) {
      const { lines } = await drained({ body: { streams: { include_defaults: false, subscriptions: [] } } });
      assert.deepEqual(
        lines.map((line) => Object.keys(line)[0]),
        ['checkpoint', 'checkpoint_complete'],
      );
      assert.deepEqual(checkpointsOf(lines)[0]?.buckets, []);
    },
  },
  {
    title: '[SY10] the sums are right at every completion, also at partial ones',
    async check({ follow, drained }) {
      const device = new Follower();
      await follow(device);
      assert.deepEqual(device.faults, []);
      const plain = await drained();
      assert.deepEqual(device.rows(), rowsOf(plain.lines));
      assert.ok(device.rowCount > 0, 'there are rows');
    },
  },
  {
    title: '[SY17] a stream that is asked for and does not exist is missing from the list',
    async check({ drained }) {
      const { lines } = await drained({
        body: { streams: { subscriptions: [{ stream: 'nowhere-at-all' }] } },
      });
      const { streams } = firstOf(lines);
      assert.ok(streams.length > 0 && streams.every(({ name }) => name !== 'nowhere-at-all'));
    },
  },
  {
    title: '[SY51] who asks for streams by name gets those, for each the place of the asking, and no others',
    async check({ drained }) {
      const before = firstOf((await drained()).lines);
      const name = before.streams[before.buckets[0]?.subscriptions[0]?.default ?? 0]?.name;
      const subscriptions = [{ stream: 'nowhere' }, { stream: name, override_priority: 0 }, { stream: name }];
      const { lines } = await drained({ body: { streams: { include_defaults: false, subscriptions } } });
      const { buckets, streams } = firstOf(lines);
      assert.deepEqual(streams, [{ name, is_default: true, errors: [] }]);
      assert.ok(buckets.length > 0);
      for (const bucket of buckets) {
        assert.equal(bucket.priority, 0, 'the most urgent of those that were asked for');
        assert.deepEqual(bucket.subscriptions.map(({ sub }) => sub).toSorted(), [1, 2]);
      }
    },
  },
  {
    title: '[SY51] a default stream that is asked for by name as well is listed once, with both reasons',
    async check({ drained }) {
      const before = firstOf((await drained()).lines);
      const name = before.streams[before.buckets[0]?.subscriptions[0]?.default ?? 0]?.name;
      const { lines } = await drained({ body: { streams: { subscriptions: [{ stream: name }] } } });
      const { buckets, streams } = firstOf(lines);
      assert.deepEqual(
        streams.map((stream) => stream.name),
        before.streams.map((stream) => stream.name),
      );
      const place = streams.findIndex((stream) => stream.name === name);
      const both = buckets.filter(({ subscriptions }) => subscriptions.some(({ sub }) => sub === 0));
      assert.ok(both.length > 0);
      for (const { subscriptions } of both) {
        assert.equal(subscriptions.length, 2);
        assert.ok(subscriptions.some((reason) => reason.default === place));
      }
    },
  },
  {
    title: '[SY16] naming the buckets, rights and streams of somebody else opens none of them',
    async check({ drained, token }) {
      const theirs = await drained();
      const names = checkpointsOf(theirs.lines)[0]?.buckets.map(({ bucket }) => bucket) ?? [];
      const other = await token({ isOther: true });
      const alone = await drained({ token: other });
      const asking = await drained({
        token: other,
        body: {
          buckets: names.map((name) => ({ name, after: '0' })),
          parameters: { tenant_id: 'x', user_id: 'x', permissions: ['inventory:read'] },
        },
      });
      const opened = checkpointsOf(asking.lines)[0]?.buckets.map(({ bucket }) => bucket) ?? [];
      assert.deepEqual(
        opened,
        checkpointsOf(alone.lines)[0]?.buckets.map(({ bucket }) => bucket),
      );
      const rows = rowsOf(theirs.lines);
      assert.deepEqual(
        [...rowsOf(asking.lines).keys()].filter((row) => rows.has(row)),
        [],
      );
    },
  },
];

function firstOf(lines: readonly Line[]): FirstLine {
  const [first] = lines;
  assert.ok(first !== undefined && 'checkpoint' in first, 'the first line is a checkpoint');
  return first['checkpoint'] as FirstLine;
}
