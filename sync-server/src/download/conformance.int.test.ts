import { createTestDatabase, type TestDatabase } from '@eventkit/database/testing/test-database.ts';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStream, type RawReader } from '#testing/raw-reader.ts';
import { checkpointsOf, checksumsOf, dataOf, isComplete, rowsOf } from '#testing/read-lines.ts';
import {
  eventually,
  type RunningSyncServer,
  runSyncServer,
  testToken,
} from '#testing/running-sync-server.ts';
import { assetId, insertAssets, insertTenant, type TestTenant } from '#testing/test-tenant.ts';

let database: TestDatabase;
let db: Client;
let running: RunningSyncServer;
let mine: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Client({ connectionString: database.ownerUrl });
  await db.connect();
  mine = await insertTenant(db, 1);
  other = await insertTenant(db, 2);
  await insertAssets(db, mine, 1, 9000);
  await insertAssets(db, other, 1, 10);
  running = await runSyncServer({
    ownerUrl: database.ownerUrl,
    limits: { connections: 20, bodyBytes: 5000 },
  });
  await eventually(() => running.server.health().status === 'ok', 'the first copy');
});

afterAll(async () => {
  await running.stop();
  await db.end();
  await database.drop();
});

function open(more: Partial<Parameters<typeof openStream>[0]> = {}): Promise<RawReader> {
  return openStream({ url: running.url, token: testToken({ tenantId: mine.id }), ...more });
}

async function drain(more: Partial<Parameters<typeof openStream>[0]> = {}): Promise<RawReader> {
  const reader = await open(more);
  await eventually(() => isComplete(reader.lines), 'a complete checkpoint');
  return reader;
}

/** Waits until everything committed so far is served. */
async function settle(): Promise<void> {
  const response = await fetch(`${running.url}/write-checkpoint2.json?client_id=settle`, {
    headers: { authorization: `Token ${testToken({ tenantId: mine.id })}` },
  });
  const { data } = (await response.json()) as { data: { write_checkpoint: string } };
  const reader = await open({ body: { client_id: 'settle' } });
  await eventually(
    () => checkpointsOf(reader.lines).some((one) => one.write_checkpoint === data.write_checkpoint),
    'the write checkpoint',
  );
  reader.close();
}

describe('answering', () => {
  test('[SY1] no token, a damaged one and an expired one are answered 401', async () => {
    const post = (headers: Record<string, string>) =>
      fetch(`${running.url}/sync/stream`, { method: 'POST', body: '{}', headers });
    expect((await post({})).status).toBe(401);
    const expired = await post({
      authorization: `Token ${testToken({ tenantId: mine.id, lifeSeconds: -1 })}`,
    });
    expect(expired.status).toBe(401);
    expect(await expired.json()).toMatchObject({ error: { code: 'PSYNC_S2101', status: 401 } });
  });

  test.each([
    [undefined, 'application/x-ndjson'],
    ['*/*', 'application/x-ndjson'],
    ['application/x-ndjson', 'application/x-ndjson'],
    [
      'application/vnd.powersync.bson-stream;q=0.9,application/x-ndjson;q=0.8',
      'application/vnd.powersync.bson-stream',
    ],
  ])('[SY2] accept %s gives %s', async (accept, expected) => {
    const reader = await open(accept === undefined ? {} : { accept });
    expect(reader.headers['content-type']).toBe(expected);
    expect(reader.headers['x-accel-buffering']).toBe('no');
    reader.close();
  });

  test('[SY3] [SY4] [SY5] every framing and coding carries the same lines of one key', async () => {
    const plain = await drain();
    plain.close();
    for (const line of plain.lines) expect(Object.keys(line)).toHaveLength(1);
    for (const op of dataOf(plain.lines)) expect(typeof op.op_id).toBe('string');
    for (const accept of ['application/x-ndjson', 'application/vnd.powersync.bson-stream']) {
      for (const encoding of ['identity', 'gzip', 'zstd, gzip']) {
        const reader = await drain({ accept, encoding });
        expect(reader.headers['content-encoding']).toBe(
          encoding === 'identity' ? undefined : encoding.split(',')[0],
        );
        // A line made later may have dropped what an earlier one still holds; what they come to is the same.
        expect(rowsOf(reader.lines)).toEqual(rowsOf(plain.lines));
        expect(checkpointsOf(reader.lines)).toEqual(checkpointsOf(plain.lines));
        expect(checksumsOf(reader.lines)).toEqual(checksumsOf(plain.lines));
        reader.close();
      }
    }
  });

  test('[SY6] limits are told clearly', async () => {
    const token = `Token ${testToken({ tenantId: mine.id })}`;
    const post = (body: string) =>
      fetch(`${running.url}/sync/stream`, { method: 'POST', body, headers: { authorization: token } });
    expect((await post(' '.repeat(6000))).status).toBe(413);
    expect((await post('{')).status).toBe(400);
    expect((await post('{"buckets":[{"name":"x"}]}')).status).toBe(400);
    const readers = await Promise.all(Array.from({ length: 20 }, () => open()));
    expect((await post('{}')).status).toBe(429);
    for (const reader of readers) reader.close();
    await eventually(async () => {
      const reader = await open();
      reader.close();
      return reader.status === 200;
    }, 'the streams to end');
  });

  test('[SY7] a browser of any origin may ask', async () => {
    const preflight = await fetch(`${running.url}/sync/stream`, { method: 'OPTIONS' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization');
    const refused = await fetch(`${running.url}/sync/stream`, { method: 'POST' });
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('checkpoints', () => {
  test('[SY8] the first line names every bucket the token opens, also empty ones', async () => {
    const reader = await drain();
    reader.close();
    const [first] = checkpointsOf(reader.lines);
    const names = first?.buckets.map((bucket) => bucket.bucket.replace(/^[0-9a-f]+#/, ''));
    expect(names).toEqual([
      `codes|0["${mine.id}"]`,
      `plans|0["${mine.id}"]`,
      `people|0["${mine.id}"]`,
      `stock|0["${mine.id}"]`,
      `ledger|0["${mine.id}"]`,
      `own_operations|0["device","${mine.id}"]`,
    ]);
    expect(first?.buckets.find((bucket) => bucket.bucket.includes('ledger'))).toMatchObject({
      checksum: 0,
      count: 0,
      priority: 3,
      subscriptions: [{ default: 4 }],
    });
  });

  test('[SY9] data comes by priority, and the checkpoint is completed also without any', async () => {
    const reader = await drain();
    reader.close();
    const priorityOf: Record<string, number> = { codes: 1, plans: 1, people: 1, stock: 3, ledger: 3 };
    const kinds = reader.lines.map((line) => {
      const [kind = ''] = Object.keys(line);
      const stream = (line['data'] as { bucket: string } | undefined)?.bucket.split(/[#|]/)[1];
      return stream === undefined ? kind : `data of ${priorityOf[stream]}`;
    });
    expect(kinds.filter((kind, index) => kind !== kinds[index - 1])).toEqual([
      'checkpoint',
      'data of 1',
      'partial_checkpoint_complete',
      'data of 3',
      'checkpoint_complete',
    ]);
    const nothing = await drain({ token: testToken({ tenantId: 'nobody', permissions: [] }) });
    nothing.close();
    expect(nothing.lines.map((line) => Object.keys(line)[0])).toEqual(['checkpoint', 'checkpoint_complete']);
  });

  test('[SY10] checksums add up', async () => {
    const reader = await drain();
    reader.close();
    const sums = checksumsOf(reader.lines);
    for (const bucket of checkpointsOf(reader.lines)[0]?.buckets ?? [])
      expect([bucket.bucket, sums.get(bucket.bucket) ?? 0]).toEqual([bucket.bucket, bucket.checksum]);
  });

  test('[SY11] wherever a client breaks off, it can go on after changes, and the sum is right', async () => {
    const whole = await drain();
    whole.close();
    const stock = whole.lines.filter((line) =>
      (line['data'] as { bucket: string } | undefined)?.bucket.includes('#stock|'),
    );
    expect(stock.length).toBe(3);
    for (let kept = 1; kept <= stock.length; kept += 1) {
      const before = stock.slice(0, kept);
      const last = dataOf(before).at(-1);
      const [{ bucket = '' } = {}] = before.map((line) => line['data'] as { bucket: string });
      await db.query('UPDATE assets SET serial = $1 WHERE tenant_id = $2 AND id = ANY ($3)', [
        `changed ${kept}`,
        mine.id,
        [2, 4500, 8999].map((number) => assetId(mine, number)),
      ]);
      await settle();
      const rest = await drain({ body: { buckets: [{ name: bucket, after: last?.op_id }] } });
      rest.close();
      const sum = (checksumsOf(before).get(bucket) ?? 0) + (checksumsOf(rest.lines).get(bucket) ?? 0);
      const wanted = checkpointsOf(rest.lines)[0]?.buckets.find((one) => one.bucket === bucket)?.checksum;
      expect(sum >>> 0).toBe(wanted);
    }
  });

  test('[SY12] a transaction arrives as a whole', async () => {
    const reader = await drain();
    const from = reader.lines.length;
    await db.query('BEGIN');
    await db.query(`UPDATE assets SET serial = 'one' WHERE tenant_id = $1 AND id = $2`, [
      mine.id,
      assetId(mine, 1),
    ]);
    await db.query(`UPDATE products SET name = 'one' WHERE tenant_id = $1`, [mine.id]);
    await db.query(`UPDATE assets SET serial = 'two' WHERE tenant_id = $1 AND id = $2`, [
      mine.id,
      assetId(mine, 2),
    ]);
    await db.query('COMMIT');
    await eventually(() => isComplete(reader.lines.slice(from)), 'the next checkpoint');
    reader.close();
    const news = reader.lines.slice(from);
    expect(news.filter((line) => 'checkpoint_diff' in line)).toHaveLength(1);
    expect(
      dataOf(news)
        .map((op) => op.object_type)
        .toSorted(),
    ).toEqual(['assets', 'assets', 'products']);
  });

  test('[SY13] only who holds a changed bucket hears of it', async () => {
    const [a, b] = await Promise.all([drain(), drain({ token: testToken({ tenantId: other.id }) })]);
    const quiet = b.lines.length;
    await db.query(`UPDATE products SET name = 'x' WHERE tenant_id = $1`, [mine.id]);
    await eventually(() => a.lines.some((line) => 'checkpoint_diff' in line), 'the change');
    await settle();
    expect(b.lines).toHaveLength(quiet);
    a.close();
    b.close();
  });

  test('[SY15] what leaves a bucket is removed, what looks the same is not sent', async () => {
    const reader = await drain();
    const from = reader.lines.length;
    await db.query('UPDATE assets SET created_at = now() WHERE tenant_id = $1 AND id = $2', [
      mine.id,
      assetId(mine, 10),
    ]);
    await db.query('UPDATE assets SET deleted_at = now() WHERE tenant_id = $1 AND id = $2', [
      mine.id,
      assetId(mine, 11),
    ]);
    await eventually(() => isComplete(reader.lines.slice(from)), 'the removal');
    reader.close();
    expect(dataOf(reader.lines.slice(from))).toMatchObject([
      { op: 'REMOVE', object_type: 'assets', object_id: assetId(mine, 11) },
    ]);
  });
});

describe('who gets what', () => {
  test('[SY16] neither rights nor tenants can be asked for', async () => {
    const seen = await drain();
    seen.close();
    const names = checkpointsOf(seen.lines)[0]?.buckets.map((bucket) => bucket.bucket) ?? [];
    const reader = await drain({
      token: testToken({ tenantId: other.id, permissions: [] }),
      body: {
        buckets: names.map((name) => ({ name, after: '0' })),
        parameters: { tenant_id: mine.id, permissions: ['inventory:read'] },
        streams: {
          include_defaults: true,
          subscriptions: [{ stream: 'stock', parameters: { tenant_id: mine.id } }],
        },
      },
    });
    reader.close();
    const opened = checkpointsOf(reader.lines)[0]?.buckets.map((bucket) => bucket.bucket.split('#')[1]);
    expect(opened).toEqual([`people|0["${other.id}"]`, `own_operations|0["device","${other.id}"]`]);
    expect(dataOf(reader.lines).every((op) => String(op.object_id).startsWith('00000002'))).toBe(true);
  });

  test('[SY16] every combination of tenant, device and rights gives exactly what SQL says', async () => {
    await db.query(`INSERT INTO events (tenant_id, id, name, status, load_at, starts_at, ends_at, return_at)
      SELECT id, id, 'Fair', 'confirmed', now(), now(), now(), now() FROM tenants ON CONFLICT DO NOTHING`);
    await db.query(`UPDATE users SET deactivated_at = now() WHERE tenant_id = $1`, [other.id]);
    await settle();
    const rights = ['inventory:read', 'planning:read', 'scanning:read'];
    for (const tenant of [mine, other]) {
      for (let mask = 0; mask < 2 ** rights.length; mask += 1) {
        const permissions = rights.filter((_, bit) => (mask >> bit) % 2 === 1);
        const reader = await drain({
          token: testToken({ tenantId: tenant.id, permissions }),
          encoding: 'gzip',
        });
        reader.close();
        const { rows } = await db.query<{ row: string }>(
          `SELECT 'products/' || id AS row FROM products WHERE tenant_id = $1 AND deleted_at IS NULL AND $2
           UNION ALL SELECT 'assets/' || id FROM assets WHERE tenant_id = $1 AND deleted_at IS NULL AND $2
           UNION ALL SELECT 'storage_locations/' || id FROM storage_locations WHERE tenant_id = $1 AND $2
           UNION ALL SELECT 'vehicles/' || id FROM vehicles WHERE tenant_id = $1 AND $2
           UNION ALL SELECT 'events/' || id FROM events WHERE tenant_id = $1 AND $3
           UNION ALL SELECT 'users/' || id FROM users WHERE tenant_id = $1 AND deactivated_at IS NULL
           UNION ALL SELECT 'devices/' || id FROM devices WHERE tenant_id = $1 AND revoked_at IS NULL`,
          [tenant.id, permissions.includes('inventory:read'), permissions.includes('planning:read')],
        );
        expect([...rowsOf(reader.lines).keys()].toSorted()).toEqual(rows.map(({ row }) => row).toSorted());
      }
    }
  });

  test('[SY17] a stream that does not exist is not listed', async () => {
    const reader = await drain({
      body: {
        streams: {
          include_defaults: false,
          subscriptions: [{ stream: 'nowhere' }, { stream: 'people', override_priority: 0 }],
        },
      },
    });
    reader.close();
    expect(checkpointsOf(reader.lines)[0]).toMatchObject({
      streams: [{ name: 'people', is_default: true, errors: [] }],
      buckets: [{ priority: 0, subscriptions: [{ sub: 1 }] }],
    });
  });
});

describe('time and memory', () => {
  test('[SY18] the stream ends when its token does', async () => {
    const reader = await open({ token: testToken({ tenantId: mine.id, lifeSeconds: 2 }), encoding: 'gzip' });
    await reader.ended;
    expect(reader.lines.at(-1)).toEqual({ token_expires_in: 0 });
  });

  test('[SY19] a client that does not read keeps nobody waiting, and gets the newest when it reads', async () => {
    const slow = await open();
    slow.pause();
    const quick = await drain();
    for (let round = 0; round < 12; round += 1) {
      const from = quick.lines.length;
      await db.query('UPDATE products SET name = $1 WHERE tenant_id = $2', [`round ${round}`, mine.id]);
      await eventually(() => isComplete(quick.lines.slice(from)), 'the change at the quick one');
    }
    quick.close();
    slow.resume();
    await eventually(
      () => dataOf(slow.lines).some((op) => op.data?.includes('round 11')),
      'the newest at the slow one',
    );
    slow.close();
  });
});

describe('write checkpoints', () => {
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(running.url + path, {
      ...init,
      headers: {
        authorization: `Token ${testToken({ tenantId: mine.id })}`,
        'content-type': 'application/json',
      },
    });
    return ((await response.json()) as { data: Record<string, string> }).data;
  };

  test('[SY20] the number comes when all before it is there, also without any change', async () => {
    const reader = await drain({ body: { client_id: 'c-1' } });
    expect(await ask('/write-checkpoint2.json?client_id=c-1')).toEqual({ write_checkpoint: '1' });
    await eventually(() => checkpointsOf(reader.lines).at(-1)?.write_checkpoint === '1', 'the first number');
    await db.query(`UPDATE products SET name = 'before' WHERE tenant_id = $1`, [mine.id]);
    expect(await ask('/write-checkpoint2.json?client_id=c-1')).toEqual({ write_checkpoint: '2' });
    await eventually(() => checkpointsOf(reader.lines).at(-1)?.write_checkpoint === '2', 'the second number');
    const upTo = reader.lines.findIndex((line) => checkpointsOf([line])[0]?.write_checkpoint === '2');
    await eventually(() => isComplete(reader.lines.slice(upTo)), 'its data');
    expect(dataOf(reader.lines).some((op) => op.data?.includes('before'))).toBe(true);
    await db.query(`UPDATE products SET name = 'after' WHERE tenant_id = $1`, [mine.id]);
    await eventually(() => dataOf(reader.lines).some((op) => op.data?.includes('after')), 'a later change');
    expect(checkpointsOf(reader.lines).at(-1)?.write_checkpoint).toBe('2');
    reader.close();
  });

  test('[SY21] the greater number wins', async () => {
    const post = (id: string) =>
      ask('/sync/checkpoint-request', {
        method: 'POST',
        body: JSON.stringify({ client_id: 'c-2', checkpoint_request_id: id }),
      });
    expect(await post('5')).toEqual({ checkpoint_request_id: '5' });
    expect(await post('3')).toEqual({ checkpoint_request_id: '5' });
    expect(await post('9223372036854775807')).toEqual({ checkpoint_request_id: '9223372036854775807' });
  });
});
