import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Line } from '@eventkit/sync-server/testing/raw-reader.ts';
import { checkpointsOf, dataOf, isComplete } from '@eventkit/sync-server/testing/read-lines.ts';
import { eventually } from '@eventkit/sync-server/testing/running-sync-server.ts';
import type { Rule } from '#conformance/rule.ts';
import type { Scene } from '#conformance/scene.ts';

const numberOf = (lines: readonly Line[]) => checkpointsOf(lines).at(-1)?.write_checkpoint ?? null;

export const writeCheckpointRules: readonly Rule[] = [
  {
    title: '[SY20] the number comes when nothing else changed, on an empty diff that is completed',
    async check({ drained, writeCheckpoint }) {
      const clientId = randomUUID();
      const reader = await drained({ body: { client_id: clientId } });
      const from = reader.lines.length;
      const number = await writeCheckpoint(clientId);
      assert.match(number, /^[1-9]\d*$/);
      await eventually(() => numberOf(reader.lines) === number && isComplete(reader.lines), 'the number');
      assert.equal(dataOf(reader.lines.slice(from)).length, 0);
      const again = await writeCheckpoint(clientId);
      assert.ok(BigInt(again) > BigInt(number), 'numbers grow');
      await eventually(() => numberOf(reader.lines) === again, 'the next number');
    },
  },
  {
    title: '[SY20] what was written before is there when the number is, and every later diff repeats it',
    async check({ drained, writeCheckpoint, change, mark }) {
      const clientId = randomUUID();
      const reader = await drained({ body: { client_id: clientId } });
      const before = mark();
      await change({ kind: 'touch', rows: 2, mark: before });
      const number = await writeCheckpoint(clientId);
      await eventually(() => numberOf(reader.lines) === number && isComplete(reader.lines), 'the number');
      assert.equal(dataOf(reader.lines).filter((op) => op.data?.includes(before)).length, 2);
      const after = mark();
      await change({ kind: 'touch', rows: 1, mark: after });
      await eventually(() => dataOf(reader.lines).some((op) => op.data?.includes(after)), 'a later change');
      assert.equal(numberOf(reader.lines), number);
      reader.close();
      const later = await drained({ body: { client_id: clientId } });
      assert.equal(numberOf(later.lines), number, 'also on a new connection');
    },
  },
  {
    title: '[SY20] the numbers of one client say nothing to another',
    async check({ drained, writeCheckpoint, settle }) {
      const [one, two] = [randomUUID(), randomUUID()];
      const reader = await drained({ body: { client_id: two } });
      await writeCheckpoint(one);
      await settle();
      assert.equal(numberOf(reader.lines), null);
    },
  },
  {
    title: '[SY21] of requested numbers the greater wins, and is acknowledged as the client counts',
    async check(scene) {
      const clientId = randomUUID();
      const reader = await scene.drained({ body: { client_id: clientId } });
      assert.equal(await request(scene, clientId, '5'), '5');
      await eventually(() => numberOf(reader.lines) === '5' && isComplete(reader.lines), 'the number');
      assert.equal(await request(scene, clientId, '3'), '5');
      assert.equal(await request(scene, clientId, '5'), '5');
      assert.equal(await request(scene, clientId, '9223372036854775807'), '9223372036854775807');
      await eventually(() => numberOf(reader.lines) === '9223372036854775807', 'the greatest number');
    },
  },
];

async function request({ ask }: Scene, clientId: string, id: string): Promise<string> {
  const response = await ask('/sync/checkpoint-request', {
    method: 'POST',
    body: JSON.stringify({ client_id: clientId, checkpoint_request_id: id }),
  });
  assert.equal(response.status, 200);
  return ((await response.json()) as { data: { checkpoint_request_id: string } }).data.checkpoint_request_id;
}
