import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import http2 from 'node:http2';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '#testing/running-sync-server.ts';
import { SyncStage } from '#testing/sync-stage.ts';
import { insertAssets } from '#testing/test-tenant.ts';

let stage: SyncStage;

beforeAll(async () => {
  stage = await SyncStage.create();
  await insertAssets(stage.db, stage.tenant, 51, 30_000);
  await stage.start({ limits: { bodyBytes: 100_000, endGraceMs: 300, keepaliveMs: 50, connections: 8 } });
});

afterAll(() => stage.close());

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(stage.running.url + path, {
    method: 'POST',
    body,
    headers: { authorization: `Token ${stage.token()}`, 'content-type': 'application/json', ...headers },
    signal: AbortSignal.timeout(10_000),
  });
}

async function connections(): Promise<number> {
  const metric = await stage.running.registry.getSingleMetric('eventkit_sync_connections')?.get();
  return metric?.values[0]?.value ?? 0;
}

/** The first line of the answer to bytes as they stand; null when there was none. */
function sendRaw(bytes: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(stage.running.url).port), '127.0.0.1', () => socket.write(bytes));
    socket.on('error', reject);
    socket.once('data', (data) => {
      resolve(data.toString('latin1').split('\r\n')[0] ?? null);
      socket.destroy();
    });
    socket.once('end', () => resolve(null));
  });
}

describe('what cannot be understood', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  test.each([
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['NaN', '{"buckets":[{"name":"a","after":NaN}]}'],
    ['buckets as an object', '{"buckets":{"name":"a","after":"0"}}'],
    ['a bucket that is null', '{"buckets":[null]}'],
    ['a name that is a number', '{"buckets":[{"name":1,"after":"0"}]}'],
    ['after as a list', '{"buckets":[{"name":"a","after":["5"]}]}'],
    ['after below 0', '{"buckets":[{"name":"a","after":"-1"}]}'],
    ['after with a fraction', '{"buckets":[{"name":"a","after":0.5}]}'],
    ['after beyond exact numbers', '{"buckets":[{"name":"a","after":9007199254740993}]}'],
    ['after beyond every operation', '{"buckets":[{"name":"a","after":"9223372036854775807"}]}'],
    ['after of many digits', `{"buckets":[{"name":"a","after":"${'9'.repeat(5000)}"}]}`],
    ['after that pretends to be text', '{"buckets":[{"name":"a","after":{"toString":1}}]}'],
    ['after as a deep list', `{"buckets":[{"name":"a","after":${nested(40_000)}}]}`],
    ['a client id with a zero byte', '{"client_id":"a\\u0000b"}'],
    ['an empty client id', '{"client_id":""}'],
    ['a client id that is too long', `{"client_id":"${'x'.repeat(201)}"}`],
    [
      'a priority that is a list',
      '{"streams":{"subscriptions":[{"stream":"codes","override_priority":[1]}]}}',
    ],
    ['a priority of 1e400', '{"streams":{"subscriptions":[{"stream":"codes","override_priority":1e400}]}}'],
    [
      'thousands of subscriptions',
      JSON.stringify({
        streams: { subscriptions: Array.from({ length: 1001 }, () => ({ stream: 'codes' })) },
      }),
    ],
  ])('[SY28] %s is answered 400', async (_, body) => {
    const response = await post('/sync/stream', body);
    expect(response.status).toBe(400);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toMatchObject({ error: { code: 'PSYNC_S2001', status: 400 } });
  });

  test.each([
    [
      'a name twice',
      {
        buckets: [
          { name: 'a', after: '1' },
          { name: 'a', after: '2' },
        ],
      },
    ],
    ['names of objects', { buckets: ['__proto__', 'constructor'].map((name) => ({ name, after: '3' })) }],
    ['a stream twice', { streams: { subscriptions: [{ stream: 'codes' }, { stream: 'codes' }] } }],
    ['fields that nobody knows', { only: ['x'], tenant_id: 'other', __proto__: { client_id: 1 } }],
  ])('[SY28] %s does no harm', async (_, body) => {
    const reader = await stage.drained({ body });
    expect(Object.keys(reader.lines[0] ?? {})).toEqual(['checkpoint']);
    reader.close();
  });

  test.each([
    ['no id', { client_id: 'c' }],
    ['0', { client_id: 'c', checkpoint_request_id: '0' }],
    ['2^63', { client_id: 'c', checkpoint_request_id: '9223372036854775808' }],
    ['a list', { client_id: 'c', checkpoint_request_id: ['1'] }],
    ['no client', { checkpoint_request_id: '1' }],
    ['a zero byte', { client_id: 'a\u0000', checkpoint_request_id: '1' }],
  ])('[SY28] a checkpoint request with %s is answered 400', async (_, body) => {
    expect((await post('/sync/checkpoint-request', JSON.stringify(body))).status).toBe(400);
  });

  test('[SY28] write checkpoints: a damaged client id is refused, one that counted to the end stays there', async () => {
    const ask = (id: string) =>
      fetch(`${stage.running.url}/write-checkpoint2.json?client_id=${id}`, {
        headers: { authorization: `Token ${stage.token()}` },
      });
    expect((await ask('a%00b')).status).toBe(400);
    expect((await ask('x'.repeat(201))).status).toBe(400);
    const most = '9223372036854775807';
    await post('/sync/checkpoint-request', JSON.stringify({ client_id: 'end', checkpoint_request_id: most }));
    expect(await (await ask('end')).json()).toEqual({ data: { write_checkpoint: most } });
  });

  test.each(['//', 'http://', '/%', '/sync/stream/../../x', '*'])(
    '[SY28] the target %s is not ours, and breaks nothing',
    async (target) => {
      expect(await sendRaw(`GET ${target} HTTP/1.1\r\nhost: x\r\n\r\n`)).toContain(' 404 ');
      expect((await fetch(`${stage.running.url}/probes/liveness`)).status).toBe(200);
    },
  );
});

describe('bodies', () => {
  test('[SY6] one that is too large is answered while it is still being sent', async () => {
    const outgoing = request(`${stage.running.url}/sync/stream`, {
      method: 'POST',
      headers: { authorization: `Token ${stage.token()}`, 'transfer-encoding': 'chunked' },
    });
    const answered = new Promise<number>((resolve, reject) => {
      outgoing.on('error', reject);
      outgoing.on('response', async (response) => {
        expect(JSON.parse(await text(response))).toMatchObject({ error: { status: 413 } });
        resolve(response.statusCode ?? 0);
      });
    });
    for (let part = 0; part < 10; part += 1) outgoing.write(' '.repeat(20_000));
    expect(await answered).toBe(413);
    outgoing.destroy();
    expect((await post('/sync/stream', ' '.repeat(200_000))).status).toBe(413);
  });

  test('[SY28] one that breaks off leaves nothing running', async () => {
    const outgoing = request(`${stage.running.url}/sync/stream`, {
      method: 'POST',
      headers: { authorization: `Token ${stage.token()}`, 'content-length': '100' },
    });
    outgoing.on('error', () => undefined);
    await new Promise<void>((resolve) => outgoing.write('{', () => resolve()));
    outgoing.destroy();
    const reader = await stage.drained();
    reader.close();
    await eventually(async () => (await connections()) === 0, 'no stream to be left');
  });
});

describe('clients that do not read', () => {
  test('[SY19] cannot hold a stream beyond their token', async () => {
    const slow = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const reader = await stage.read({ token: stage.token({ lifeSeconds: 3 }) });
        reader.pause();
        return reader;
      }),
    );
    expect((await post('/sync/stream', '{}')).status).toBe(429);
    await eventually(async () => (await connections()) === 0, 'their streams to be ended');
    for (const reader of slow) reader.close();
  });

  test('[SY19] do not keep the server from stopping', async () => {
    const slow = await stage.read();
    slow.pause();
    // Until somebody else has everything, what the slow one leaves has long filled the buffers on the way.
    const quick = await stage.drained();
    quick.close();
    const startedAt = performance.now();
    await stage.running.stop();
    expect(performance.now() - startedAt).toBeLessThan(4000);
    slow.close();
    await stage.start({ limits: { bodyBytes: 100_000, endGraceMs: 300, keepaliveMs: 50, connections: 8 } });
  });

  test('[SY19] over HTTP/2, where their connection serves others too, lose their stream only', async () => {
    const { handle } = stage.running.server;
    const server = http2.createServer((incoming, response) => {
      handle(incoming as unknown as IncomingMessage, response as unknown as ServerResponse);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const session = http2.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const open = (lifeSeconds: number) => {
      const stream = session.request({
        ':method': 'POST',
        ':path': '/sync/stream',
        authorization: `Token ${stage.token({ lifeSeconds })}`,
      });
      stream.on('error', () => undefined);
      stream.end('{}');
      return stream;
    };
    const slow = open(2);
    await eventually(async () => (await connections()) === 1, 'the stream');
    await eventually(async () => (await connections()) === 0, 'the stream to be ended');
    slow.destroy();
    expect(session.destroyed).toBe(false);
    const next = open(2);
    expect(await text(next)).toContain('{"token_expires_in":0}');
    session.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
});
