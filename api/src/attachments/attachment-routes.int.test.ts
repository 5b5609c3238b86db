import { createHash, randomBytes } from 'node:crypto';
import { createPool } from '@eventkit/database/pool.ts';
import { uuidV7 } from '@eventkit/shared/kernel/ids.ts';
import { exifSegment, segment, testJpeg, testPng } from '@eventkit/shared/test/test-pictures.ts';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMemoryBlobStore, type MemoryBlobStore } from '#testing/memory-blob-store.ts';
import type { TestCompany } from '#testing/seed-two-companies.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';

let api: TestApi;
let blobs: MemoryBlobStore;
let owner: pg.Pool;
let north: TestCompany;
let south: TestCompany;
let token: string;
beforeAll(async () => {
  blobs = createMemoryBlobStore();
  api = await startTestApi(() => ({ blobs }));
  [north, south] = api.companies;
  owner = createPool({ url: api.ownerUrl, role: 'owner', max: 1, applicationName: 'attachments test' });
  token = await api.provider.accessToken(north.users.warehouse);
});
afterAll(async () => {
  await owner.end();
  await api.stop();
});

const clean = testJpeg({ width: 1600, height: 1200 });
const secret = 'GPS 48.2082 16.3738';
const bytesOf = (words: string) => Uint8Array.from(words, (letter) => letter.charCodeAt(0));

/** What an operation of the company left behind: a file that is named and not here. */
async function named(bytes: Uint8Array, company = north, mediaType = 'image/jpeg'): Promise<string> {
  const id = uuidV7(1_795_000_000_000, randomBytes(10));
  await owner.query(
    `INSERT INTO attachments (tenant_id, id, operation_id, kind, media_type, byte_size, sha256, width, height, taken_at)
     VALUES ($1, $2, $3, 'photo', $4, $5, $6, 1600, 1200, '2026-11-22T10:00:00Z')`,
    [
      company.tenantId,
      id,
      company.movementIds[0]?.split(':')[0],
      mediaType,
      bytes.length,
      createHash('sha256').update(bytes).digest('hex'),
    ],
  );
  return id;
}

function put(id: string, bytes: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  return fetch(`${api.url}/attachments/${id}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'image/jpeg', ...headers },
    body: bytes,
  });
}

async function get(id: string, as = token) {
  return fetch(`${api.url}/attachments/${id}`, { headers: { authorization: `Bearer ${as}` } });
}

const refusal = async (response: Response) => [response.status, await response.json()];
const rowOf = async (id: string) =>
  (await owner.query('SELECT uploaded_at, blob_name FROM attachments WHERE id = $1', [id])).rows[0];

describe('the bytes of an attachment', () => {
  test('are taken in and given out, in a way that nothing in them can run', async () => {
    const id = await named(clean);
    expect((await get(id)).status).toBe(404);
    expect((await put(id, clean)).status).toBe(204);

    const response = await get(id);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(clean);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': `attachment; filename="photo-${id}.jpg"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
    });
    const { uploaded_at, blob_name } = await rowOf(id);
    expect(uploaded_at).not.toBeNull();
    expect(blob_name).toMatch(new RegExp(`^${north.tenantId}/[0-9a-f]{32}$`));
    expect(blob_name).not.toContain(id);
  });

  test('come again without harm, and at the same time too', async () => {
    const id = await named(clean);
    const before = blobs.blobs.size;
    const answers = await Promise.all([put(id, clean), put(id, clean), put(id, clean)]);
    expect([...answers, await put(id, clean)].map(({ status }) => status)).toEqual([204, 204, 204, 204]);
    expect(blobs.blobs.size).toBe(before + 1);
    const { rows } = await owner.query(
      `SELECT user_id FROM audit_log WHERE table_name = 'attachments' AND row_id = $1 AND action = 'update'`,
      [id],
    );
    expect(rows).toEqual([{ user_id: north.users.warehouse.id }]);
  });

  test('lose on the way in what a device should have taken out: position, comment, what hides behind the end', async () => {
    const telling = testJpeg({
      width: 1600,
      height: 1200,
      before: [exifSegment(6, secret), segment(0xfe, bytesOf('<script>alert(1)</script>'))],
      after: bytesOf('PK\u0003\u0004 a zip behind a picture'),
    });
    const id = await named(telling);
    expect((await put(id, telling)).status).toBe(204);
    expect(new Uint8Array(await (await get(id)).arrayBuffer())).toEqual(clean);
  });
});

describe('bytes that are not taken in', () => {
  const script = bytesOf('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  const huge = testJpeg({ width: 50_000, height: 50_000 });
  test.each<[string, Uint8Array<ArrayBuffer>, string]>([
    ['a drawing with a script', script, 'not_a_picture'],
    ['a page that ends in a picture', new Uint8Array([...bytesOf('<html>'), ...clean]), 'not_a_picture'],
    ['half a picture', clean.slice(0, -10), 'damaged'],
    ['a picture of 50,000 by 50,000', huge, 'too_many_pixels'],
    ['another sort of picture than the operation named', testPng(), 'other_kind'],
  ])('%s', async (_, bytes, error) => {
    const id = await named(bytes);
    expect(await refusal(await put(id, bytes))).toEqual([422, { error }]);
    expect(await rowOf(id)).toEqual({ uploaded_at: null, blob_name: null });
    expect((await get(id)).status).toBe(404);
  });

  test('others than the operation named: changed, longer, shorter, none; also where the right ones are here', async () => {
    const id = await named(clean);
    const changed = clean.map((byte, at) => (at === 40 ? byte ^ 1 : byte));
    const all = [changed, new Uint8Array([...clean, 0]), clean.slice(0, -1), new Uint8Array()];
    for (const bytes of all) {
      expect(await refusal(await put(id, bytes))).toEqual([422, { error: 'other_content' }]);
    }
    await put(id, clean);
    expect(await refusal(await put(id, changed))).toEqual([422, { error: 'other_content' }]);
    expect(new Uint8Array(await (await get(id)).arrayBuffer())).toEqual(clean);
  });

  test('more than 10 MiB, said or not', async () => {
    const id = await named(clean);
    expect(await refusal(await put(id, new Uint8Array(10 * 1024 * 1024 + 1)))).toEqual([
      413,
      { error: 'too_large' },
    ]);
    const endless = new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(65_536)) });
    const response = await fetch(`${api.url}/attachments/${id}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}` },
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect(await refusal(response)).toEqual([422, { error: 'other_content' }]);
  });

  test('for what nobody named, or by an id that is none', async () => {
    const unnamed = uuidV7(1_795_000_000_000, randomBytes(10));
    for (const id of [unnamed, 'x', '..%2f..%2fetc%2fpasswd', `${unnamed.toUpperCase()}'--`]) {
      expect(await refusal(await put(id, clean))).toEqual([404, { error: 'not_found' }]);
      expect(await refusal(await get(id))).toEqual([404, { error: 'not_found' }]);
    }
  });
});

describe('who gets at them', () => {
  test('nobody of another company: their files are as if there were none, here or not', async () => {
    const [absent, here] = [await named(clean, south), await named(clean, south)];
    const theirs = await api.provider.accessToken(south.users.warehouse);
    await put(here, clean, { authorization: `Bearer ${theirs}` });
    for (const id of [absent, here]) {
      expect(await refusal(await put(id, clean))).toEqual([404, { error: 'not_found' }]);
      expect(await refusal(await get(id))).toEqual([404, { error: 'not_found' }]);
    }
    expect((await get(here, theirs)).status).toBe(200);
    expect(await rowOf(absent)).toEqual({ uploaded_at: null, blob_name: null });
  });

  test('nobody without a sign-in, or with a token that is none', async () => {
    const id = await named(clean);
    for (const authorization of ['', 'Bearer nonsense', 'Basic eDp5']) {
      expect(await refusal(await put(id, clean, { authorization }))).toEqual([
        401,
        { error: 'not_signed_in' },
      ]);
      const read = await fetch(`${api.url}/attachments/${id}`, { headers: { authorization } });
      expect(await refusal(read)).toEqual([401, { error: 'not_signed_in' }]);
    }
  });
});
