import assert from 'node:assert/strict';
import { checkpointsOf, dataOf } from '@eventkit/sync-server/testing/read-lines.ts';
import { eventually } from '@eventkit/sync-server/testing/running-sync-server.ts';
import { Follower } from '#conformance/follower.ts';
import type { Rule } from '#conformance/rule.ts';

/** Where there are more lines, some of them are enough. */
const CUTS_AT_MOST = 8;

export const resumingRules: readonly Rule[] = [
  {
    title: '[SY11] a client that has everything gets a checkpoint and nothing else',
    async check({ follow }) {
      const device = new Follower();
      const first = await follow(device);
      first.close();
      const rows = device.rows();
      await follow(device);
      assert.equal(device.receivedOps, 0);
      assert.deepEqual(device.faults, []);
      assert.deepEqual(device.rows(), rows);
    },
  },
  {
    title: '[SY11] a client that comes back after changes gets those alone',
    async check({ follow, change, mark, settle }) {
      const device = new Follower();
      (await follow(device)).close();
      const word = mark();
      await change({ kind: 'touch', rows: 3, mark: word });
      await settle();
      const again = await follow(device);
      assert.equal(dataOf(again.lines).filter((op) => op.data?.includes(word)).length, 3);
      assert.ok(device.receivedOps <= 6, `${device.receivedOps} operations for 3 changes`);
      assert.deepEqual(device.faults, []);
    },
  },
  {
    title:
      '[SY11] whichever line it broke off at, it goes on from there after changes, and comes to the same',
    async check({ drained, follow, change, mark, settle }) {
      // History, so that lines hold the sums of what was dropped.
      for (let round = 0; round < 3; round += 1) await change({ kind: 'touch', rows: 10, mark: mark() });
      await settle();
      const { lines } = await drained();
      const ends = lines.flatMap((line, index) => ('data' in line ? [index + 1] : []));
      const every = Math.max(1, Math.ceil(ends.length / CUTS_AT_MOST));
      for (const end of ends.filter((_, index) => index % every === 0)) {
        const device = new Follower();
        device.begin();
        for (const line of lines.slice(0, end)) device.take(line);
        await change({ kind: 'touch', rows: 10, mark: mark() });
        await settle();
        (await follow(device)).close();
        const fresh = new Follower();
        (await follow(fresh)).close();
        assert.deepEqual(device.faults, [], `broken off after line ${end}`);
        assert.deepEqual(device.rows(), fresh.rows(), `broken off after line ${end}`);
      }
    },
  },
  {
    title: '[SY53] what stands for content that was dropped keeps the sums right, and the rows complete',
    async check({ follow, change, mark, settle, need }) {
      let word = '';
      for (let round = 0; round < 3; round += 1) {
        word = mark();
        await change({ kind: 'touch', rows: 2500, mark: word });
      }
      await settle();
      const device = new Follower();
      const reader = await follow(device);
      assert.deepEqual(device.faults, []);
      assert.equal([...device.rows().values()].filter((data) => data.includes(word)).length, 2500);
      const dropped = dataOf(reader.lines).find(({ op }) => op === 'MOVE' || op === 'CLEAR');
      need(dropped ?? null, 'a server that has dropped content by now');
    },
  },
  {
    title: '[SY54] positions of buckets that do not exist are passed over, however many',
    async check({ drained }) {
      const plain = await drained();
      const buckets = Array.from({ length: 5000 }, (_, index) => ({ name: `none#${index}`, after: '7' }));
      const reader = await drained({ body: { buckets } });
      assert.deepEqual(
        checkpointsOf(reader.lines)[0]?.buckets.map(({ bucket }) => bucket),
        checkpointsOf(plain.lines)[0]?.buckets.map(({ bucket }) => bucket),
      );
    },
  },
  {
    title: '[SY54] a position beyond every operation is answered, and a client so far ahead heals itself',
    async check({ drained, open }) {
      const { lines } = await drained();
      const names = checkpointsOf(lines)[0]?.buckets.map(({ bucket }) => bucket) ?? [];
      const ahead = String(Number(checkpointsOf(lines)[0]?.last_op_id) + 1_000_000);
      const device = new Follower();
      device.begin();
      const reader = await open({
        body: { buckets: names.map((name) => ({ name, after: ahead })) },
        onLine: (line) => device.take(line),
      });
      assert.equal(reader.status, 200);
      await eventually(() => device.isComplete, 'the checkpoint to be completed');
      assert.equal(device.receivedOps, 0);
      // The device finds its sums wrong, throws the buckets away and asks from the start.
      const healed = new Follower();
      healed.begin();
      const again = await drained({ onLine: (line) => healed.take(line) });
      assert.equal(again.status, 200);
      assert.deepEqual(healed.faults, []);
    },
  },
];
