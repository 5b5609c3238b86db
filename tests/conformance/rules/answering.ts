import assert from 'node:assert/strict';
import { checkpointsOf, checksumsOf, dataOf, rowsOf } from '@eventkit/sync-server/testing/read-lines.ts';
import type { Rule } from '#conformance/rule.ts';

const bson = 'application/vnd.powersync.bson-stream';
const ndjson = 'application/x-ndjson';

const routes = [
  ['POST', '/sync/stream'],
  ['GET', '/write-checkpoint2.json?client_id=c'],
  ['POST', '/sync/checkpoint-request'],
] as const;

export const answeringRules: readonly Rule[] = [
  {
    title: '[SY1] no token, a damaged one and an expired one are answered 401, on every route',
    async check({ subject, token }) {
      const good = await token();
      const damaged = `${good.slice(0, -8)}${good.slice(-8).split('').reverse().join('')}x`;
      const tokens = [null, 'nonsense', damaged, await subject.token({ lifeSeconds: -3600 })];
      for (const [method, path] of routes) {
        for (const [index, one] of tokens.entries()) {
          if (index > 0 && one === null) continue;
          const response = await fetch(subject.url + path, {
            method,
            headers: {
              'content-type': 'application/json',
              ...(one === null ? {} : { authorization: `Token ${one}` }),
            },
            ...(method === 'POST' ? { body: '{"client_id":"c","checkpoint_request_id":"1"}' } : {}),
          });
          assert.equal(response.status, 401, `${path}, token ${index}`);
          const { error } = (await response.json()) as { error: { status: number; code: string } };
          assert.equal(error.status, 401);
          assert.match(error.code, /^PSYNC_S\d{4}$/);
        }
      }
    },
  },
  {
    title: '[SY1] a token is taken as Token and as Bearer',
    async check({ subject, token }) {
      for (const scheme of ['Token', 'Bearer']) {
        const response = await fetch(`${subject.url}/write-checkpoint2.json?client_id=c`, {
          headers: { authorization: `${scheme} ${await token()}` },
        });
        assert.equal(response.status, 200, scheme);
        await response.body?.cancel();
      }
    },
  },
  ...(
    [
      [undefined, ndjson],
      ['*/*', ndjson],
      [ndjson, ndjson],
      [`${bson};q=0.9,${ndjson};q=0.8`, bson],
      [`${bson};q=0.7,${ndjson};q=0.8`, ndjson],
    ] as const
  ).map(
    ([accept, expected]): Rule => ({
      title: `[SY2] accept ${accept} gives exactly ${expected}`,
      async check({ open }) {
        const reader = await open(accept === undefined ? {} : { accept });
        assert.equal(reader.status, 200);
        assert.equal(reader.headers['content-type'], expected);
        assert.equal(reader.headers['x-accel-buffering'], 'no');
      },
    }),
  ),
  ...[ndjson, bson].flatMap((accept) =>
    [undefined, 'gzip', 'zstd, gzip'].map(
      (encoding): Rule => ({
        title: `[SY3] [SY4] ${accept} as ${encoding ?? 'it stands'} carries the same as any other, line by line`,
        async check({ drained }) {
          const plain = await drained();
          plain.close();
          const reader = await drained({ accept, ...(encoding === undefined ? {} : { encoding }) });
          assert.equal(reader.headers['content-encoding'], encoding?.split(',')[0]);
          // A line made later may have dropped what an earlier one still holds; what they come to is the same.
          assert.deepEqual(rowsOf(reader.lines), rowsOf(plain.lines));
          assert.deepEqual(checkpointsOf(reader.lines), checkpointsOf(plain.lines));
          assert.deepEqual(checksumsOf(reader.lines), checksumsOf(plain.lines));
        },
      }),
    ),
  ),
  {
    title: '[SY3] a coding that nobody knows, or that is refused, leaves the stream as it stands',
    async check({ open }) {
      for (const encoding of ['br', 'gzip;q=0, zstd;q=0', 'identity', '', 'x'.repeat(2000)]) {
        const reader = await open({ encoding });
        assert.equal(reader.headers['content-encoding'], undefined, encoding.slice(0, 30));
        reader.close();
      }
    },
  },
  {
    title: '[SY5] every line has one key, and numbers of operations are text',
    async check({ drained }) {
      for (const accept of [ndjson, bson]) {
        const { lines } = await drained({ accept });
        for (const line of lines) assert.equal(Object.keys(line).length, 1);
        for (const checkpoint of checkpointsOf(lines)) assert.match(checkpoint.last_op_id, /^\d+$/);
        for (const op of dataOf(lines)) {
          assert.match(op.op_id, /^\d+$/);
          assert.ok(Number.isInteger(op.checksum) && Math.abs(op.checksum) < 2 ** 32, 'checksum of 32 bits');
          assert.ok(['PUT', 'REMOVE', 'MOVE', 'CLEAR'].includes(op.op), op.op);
          if (op.op === 'PUT') assert.equal(typeof JSON.parse(op.data ?? ''), 'object');
        }
      }
    },
  },
  {
    title: '[SY7] a browser of any origin may ask, and sees refusals too',
    async check({ subject }) {
      for (const [method, path] of routes) {
        const preflight = await fetch(subject.url + path, {
          method: 'OPTIONS',
          headers: {
            origin: 'https://elsewhere.example',
            'access-control-request-method': method,
            'access-control-request-headers': 'authorization,content-type,x-user-agent',
          },
        });
        assert.ok(preflight.ok, `${path}: ${preflight.status}`);
        assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
        const allowed = preflight.headers.get('access-control-allow-headers')?.toLowerCase() ?? '';
        for (const header of ['content-type', 'authorization', 'x-user-agent'])
          assert.ok(allowed.includes(header), header);
        const refused = await fetch(subject.url + path, {
          method,
          headers: { origin: 'https://elsewhere.example' },
        });
        assert.equal(refused.headers.get('access-control-allow-origin'), '*');
        await refused.body?.cancel();
      }
    },
  },
  {
    title: '[SY50] probes answer without a token, and say that the server is started and ready',
    async check({ subject }) {
      for (const probe of ['startup', 'liveness', 'readiness']) {
        const response = await fetch(`${subject.url}/probes/${probe}`);
        assert.equal(response.status, 200, probe);
        const said = (await response.json()) as { ready: boolean; started: boolean; touched_at: string };
        assert.deepEqual([said.ready, said.started], [true, true]);
        assert.ok(!Number.isNaN(Date.parse(said.touched_at)), 'touched_at is a moment');
      }
    },
  },
];
