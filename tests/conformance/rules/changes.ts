import assert from 'node:assert/strict';
import { checkpointsOf, dataOf, isComplete } from '@eventkit/sync-server/testing/read-lines.ts';
import { eventually } from '@eventkit/sync-server/testing/running-sync-server.ts';
import { Follower } from '#conformance/follower.ts';
import type { Rule } from '#conformance/rule.ts';

export const changeRules: readonly Rule[] = [
  {
    title: '[SY52] a change comes as a diff of the buckets that changed, its data, and a completion',
    async check({ drained, change, mark }) {
      const reader = await drained();
      const from = reader.lines.length;
      const [first] = checkpointsOf(reader.lines);
      const word = mark();
      await change({ kind: 'touch', rows: 1, mark: word });
      await eventually(() => hasNews(reader.lines.slice(from), word), 'the change');
      const news = reader.lines.slice(from).filter((line) => !('token_expires_in' in line));
      assert.equal(Object.keys(news[0] ?? {})[0], 'checkpoint_diff');
      assert.equal(Object.keys(news.at(-1) ?? {})[0], 'checkpoint_complete');
      const [diff] = checkpointsOf(news);
      const named = diff?.buckets.map(({ bucket }) => bucket) ?? [];
      const changed = new Set(
        news.flatMap((line) => ('data' in line ? [(line['data'] as { bucket: string }).bucket] : [])),
      );
      assert.deepEqual(new Set(named), changed);
      assert.ok(named.length < (first?.buckets.length ?? 0), 'not everything is said again');
      for (const op of dataOf(news))
        assert.ok(
          Number(op.op_id) > Number(first?.last_op_id) && Number(op.op_id) <= Number(diff?.last_op_id),
          'what is new is numbered after what was complete',
        );
    },
  },
  {
    title: '[SY12] a transaction of several rows is in one checkpoint as a whole',
    async check({ drained, change, mark }) {
      const reader = await drained();
      const from = reader.lines.length;
      const word = mark();
      await change({ kind: 'touch', rows: 5, mark: word });
      await eventually(() => hasNews(reader.lines.slice(from), word), 'the change');
      const withIt = reader.lines
        .slice(from)
        .map((line, index, all) =>
          dataOf([line]).some((op) => op.data?.includes(word)) ? all.slice(0, index) : [],
        )
        .filter((before) => before.length > 0)
        .map((before) => checkpointsOf(before).length);
      assert.equal(new Set(withIt).size, 1, 'rows of one transaction in several checkpoints');
      assert.equal(dataOf(reader.lines.slice(from)).filter((op) => op.data?.includes(word)).length, 5);
    },
  },
  {
    title: '[SY13] only who holds a changed bucket hears of the change',
    async check({ drained, change, token, mark, settle }) {
      const mine = await drained();
      const other = await drained({ token: await token({ isOther: true }) });
      const heard = () => other.lines.filter((line) => !('token_expires_in' in line)).length;
      const before = heard();
      const word = mark();
      await change({ kind: 'touch', rows: 1, mark: word });
      await eventually(() => hasNews(mine.lines, word), 'the change');
      await settle();
      assert.equal(heard(), before);
    },
  },
  {
    title: '[SY15] a row that leaves its bucket comes as REMOVE, and is gone for who comes later',
    async check({ follow, change, mark }) {
      const device = new Follower();
      const reader = await follow(device);
      const word = mark();
      await change({ kind: 'add', mark: word });
      await eventually(() => device.isComplete && holds(device, word), 'the new row');
      const from = reader.lines.length;
      await change({ kind: 'remove', mark: word });
      await eventually(() => device.isComplete && !holds(device, word), 'the row to go');
      const gone = dataOf(reader.lines.slice(from)).filter(({ op }) => op === 'REMOVE');
      assert.equal(gone.length, 1);
      const later = new Follower();
      await follow(later);
      assert.ok(!holds(later, word));
      assert.deepEqual([...device.faults, ...later.faults], []);
      assert.deepEqual(later.rows(), device.rows());
    },
  },
  {
    title: '[SY15] what is written and changes nothing visible is not sent',
    isOwn: true,
    async check({ drained, change, settle }) {
      const reader = await drained();
      const from = reader.lines.length;
      await change({ kind: 'nothing' });
      await settle();
      assert.equal(dataOf(reader.lines.slice(from)).length, 0);
    },
  },
  {
    title: '[SY19] a client that does not read keeps nobody waiting, and gets the newest when it does',
    async check({ open, drained, change, mark }) {
      const slow = await open();
      slow.pause();
      const quick = await drained();
      let last = '';
      for (let round = 0; round < 8; round += 1) {
        const from = quick.lines.length;
        last = mark();
        await change({ kind: 'touch', rows: 1, mark: last });
        await eventually(() => hasNews(quick.lines.slice(from), last), 'the change at the quick one');
      }
      slow.resume();
      await eventually(() => hasNews(slow.lines, last), 'the newest at the slow one');
    },
  },
  {
    title: '[SY14] under changes without a pause every completed checkpoint is whole, at all codings at once',
    async check({ follow, change, mark }) {
      const devices = [undefined, 'gzip', 'zstd'].map((encoding) => ({ encoding, device: new Follower() }));
      let word = mark();
      for (let round = 0; round < 4; round += 1) {
        const changing = change({ kind: 'touch', rows: 20, mark: word });
        const readers = await Promise.all(
          devices.map(({ encoding, device }) => follow(device, encoding === undefined ? {} : { encoding })),
        );
        await changing;
        await eventually(
          () => devices.every(({ device }) => device.isComplete && holds(device, word)),
          'all to have it',
        );
        for (const reader of readers) reader.close();
        word = mark();
      }
      for (const { device } of devices) {
        assert.deepEqual(device.faults, []);
        assert.deepEqual(device.rows(), devices[0]?.device.rows());
      }
    },
  },
];

function hasNews(lines: Parameters<typeof dataOf>[0], word: string): boolean {
  return isComplete(lines) && dataOf(lines).some((op) => op.data?.includes(word));
}

function holds(device: Follower, word: string): boolean {
  for (const data of device.rows().values()) if (data.includes(word)) return true;
  return false;
}
