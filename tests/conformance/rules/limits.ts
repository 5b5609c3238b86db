import assert from 'node:assert/strict';
import type { RawReader } from '@eventkit/sync-server/testing/raw-reader.ts';
import { checkpointsOf } from '@eventkit/sync-server/testing/read-lines.ts';
import { eventually } from '@eventkit/sync-server/testing/running-sync-server.ts';
import type { Rule } from '#conformance/rule.ts';

const garbage: readonly string[] = [
  '',
  '{',
  '[]',
  'null',
  '\u0000\u0001',
  '{"buckets":5}',
  '{"buckets":[{"name":"x"}]}',
  '{"buckets":[{"name":"x","after":{}}]}',
  '{"streams":{"subscriptions":[{}]}}',
];

export const limitRules: readonly Rule[] = [
  {
    title: '[SY6] a body that cannot be understood is answered 4xx, with a code and a description',
    isOwn: true,
    async check({ ask }) {
      for (const body of garbage) {
        const response = await ask('/sync/stream', { method: 'POST', body });
        assert.ok(response.status >= 400 && response.status < 500, `${body}: ${response.status}`);
        const { error } = (await response.json()) as { error: { code: string; description: string } };
        assert.match(error.code, /^PSYNC_/);
        assert.ok(error.description.length > 0);
      }
    },
  },
  {
    title: '[SY6] a body that is too large is answered 413',
    async check({ ask, subject, need }) {
      const { bodyBytes } = need(subject.limits, 'the limits of the server');
      const response = await ask('/sync/stream', { method: 'POST', body: ' '.repeat(bodyBytes + 1000) });
      assert.equal(response.status, 413);
    },
  },
  {
    title: '[SY6] one stream more than there may be is answered 429, and there is room again when one ends',
    async check({ open, subject, need, ask }) {
      const { connections } = need(subject.limits, 'the limits of the server');
      const readers: RawReader[] = [];
      const body = { streams: { include_defaults: false, subscriptions: [] } };
      for (let count = 0; count < connections; count += 1) readers.push(await open({ body }));
      const refused = await ask('/sync/stream', { method: 'POST', body: '{}' });
      assert.equal(refused.status, 429);
      await refused.body?.cancel();
      for (const reader of readers) reader.close();
      await eventually(async () => {
        const reader = await open();
        reader.close();
        return reader.status === 200;
      }, 'room again');
    },
  },
  {
    title: '[SY56] fields that nobody knows and large parameters are borne',
    async check({ drained }) {
      const plain = await drained();
      const reader = await drained({
        body: {
          parameters: {
            note: 'x'.repeat(200_000),
            deep: JSON.parse('['.repeat(500) + ']'.repeat(500)) as unknown,
          },
          app_metadata: { version: 'x'.repeat(10_000) },
          only: ['anything'],
          binary_data: true,
          something_of_tomorrow: { a: 1 },
        },
      });
      assert.deepEqual(checkpointsOf(reader.lines), checkpointsOf(plain.lines));
    },
  },
  {
    title: '[SY28] ten thousand buckets named are borne or refused, and hurt nobody',
    async check({ open, drained }) {
      const buckets = Array.from({ length: 10_000 }, (_, index) => ({ name: `none#${index}[]`, after: '1' }));
      const reader = await open({ body: { buckets } });
      assert.ok(reader.status === 200 || (reader.status >= 400 && reader.status < 500), `${reader.status}`);
      await drained();
    },
  },
];
