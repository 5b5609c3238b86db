import assert from 'node:assert/strict';
import { checkpointsOf, dataOf, isComplete } from '@eventkit/sync-server/testing/read-lines.ts';
import { eventually } from '@eventkit/sync-server/testing/running-sync-server.ts';
import { Follower } from '#conformance/follower.ts';
import type { Rule } from '#conformance/rule.ts';
import type { Scene } from '#conformance/scene.ts';

/** Buckets that a server looks up in tables: which of them a token opens changes while it is connected. */
export const grantRules: readonly Rule[] = [
  {
    title:
      '[SY45] a right that is given brings its bucket and rows in one checkpoint, and its end takes the bucket away',
    async check(scene) {
      const { drained, mark } = scene;
      const grant = grantOf(scene);
      const reader = await drained();
      const [first] = checkpointsOf(reader.lines);
      const word = mark();
      let from = reader.lines.length;
      await grant({ kind: 'give', mark: word });
      await eventually(() => holds(reader.lines.slice(from), word), 'the rows');
      await eventually(() => isComplete(reader.lines), 'their completion');
      const [given, ...more] = checkpointsOf(reader.lines.slice(from));
      assert.deepEqual(more, [], 'one checkpoint');
      const fresh = given?.buckets.filter(
        ({ bucket }) => !first?.buckets.some((known) => known.bucket === bucket),
      );
      assert.equal(fresh?.length, 1, 'one bucket that was not there');
      from = reader.lines.length;
      await grant({ kind: 'take', mark: word });
      await eventually(() => checkpointsOf(reader.lines.slice(from)).length > 0, 'the end');
      await eventually(() => isComplete(reader.lines), 'its completion');
      const [taken] = checkpointsOf(reader.lines.slice(from));
      assert.deepEqual(taken?.removed_buckets, [fresh?.[0]?.bucket]);
      assert.deepEqual(dataOf(reader.lines.slice(from)), [], 'nothing is sent of what goes');
    },
  },
  {
    title: '[SY45] [SY13] nobody else hears of a right that is given or ended',
    async check(scene) {
      const { drained, mark, token, settle } = scene;
      const grant = grantOf(scene);
      const other = await drained({ token: await token({ isOther: true }) });
      const heard = () => other.lines.filter((line) => !('token_expires_in' in line)).length;
      const before = heard();
      const word = mark();
      await grant({ kind: 'give', mark: word });
      await settle();
      await grant({ kind: 'take', mark: word });
      await settle();
      assert.equal(heard(), before);
    },
  },
  {
    title: '[SY43] [SY46] a device that was away while rights were given and ended has just what it may have',
    async check(scene) {
      const { follow, mark, settle } = scene;
      const grant = grantOf(scene);
      const [kept, ended] = [mark(), mark()];
      await grant({ kind: 'give', mark: ended });
      await settle();
      const device = new Follower();
      (await follow(device)).close();
      const shows = (word: string) => [...device.rows().values()].some((data) => data.includes(word));
      assert.ok(shows(ended));
      await grant({ kind: 'take', mark: ended });
      await grant({ kind: 'give', mark: kept });
      await settle();
      (await follow(device)).close();
      assert.deepEqual([shows(ended), shows(kept)], [false, true]);
      assert.deepEqual(device.faults, []);
      const fresh = new Follower();
      await follow(fresh);
      assert.deepEqual(fresh.rows(), device.rows());
      await grant({ kind: 'take', mark: kept });
      await eventually(() => ![...fresh.rows().values()].some((data) => data.includes(kept)), 'the end');
      assert.deepEqual(fresh.faults, []);
    },
  },
  {
    title: '[SY45] a right that ended and is given again brings its rows again',
    async check(scene) {
      const { follow, mark, settle } = scene;
      const grant = grantOf(scene);
      const word = mark();
      const device = new Follower();
      await follow(device);
      const shows = () => [...device.rows().values()].some((data) => data.includes(word));
      for (let round = 0; round < 3; round += 1) {
        await grant({ kind: 'give', mark: word });
        await eventually(shows, 'its rows');
        await grant({ kind: 'take', mark: word });
        await eventually(() => !shows(), 'its end');
      }
      await settle();
      assert.deepEqual(device.faults, []);
    },
  },
];

function grantOf({ need, subject }: Scene) {
  return need(subject.grant, 'a way to give and end rights that are looked up');
}

const holds = (lines: Parameters<typeof dataOf>[0], word: string) =>
  dataOf(lines).some((op) => op.data?.includes(word) === true);
