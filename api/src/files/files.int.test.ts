import { createPool } from '@eventkit/database/pool.ts';
import { uuidV7 } from '@eventkit/shared/kernel/ids.ts';
import { testJpeg } from '@eventkit/shared/test/test-pictures.ts';
import { SignJWT } from 'jose';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMemoryBlobStore, type MemoryBlobStore } from '#testing/memory-blob-store.ts';
import { postRpc } from '#testing/post-rpc.ts';
import type { TestCompany } from '#testing/seed-two-companies.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';
import { signDownload } from './download-link.ts';

const MEGABYTE = 1024 * 1024;
const fileLinkKey = new Uint8Array(32).fill(7);
const pdf = new Uint8Array(Buffer.from('%PDF-1.7 the plan'));
let api: TestApi;
let blobs: MemoryBlobStore;
let owner: pg.Pool;
let north: TestCompany;
let south: TestCompany;
let warehouse: string;
let assetId: string;
beforeAll(async () => {
  blobs = createMemoryBlobStore();
  api = await startTestApi(() => ({ blobs, fileLinkKey, fileLimitBytes: 30 * MEGABYTE }));
  [north, south] = api.companies;
  owner = createPool({ url: api.ownerUrl, role: 'owner', max: 1, applicationName: 'files test' });
  warehouse = await api.provider.accessToken(north.users.warehouse);
});
afterAll(async () => {
  await owner.end();
  await api.stop();
});
beforeEach(async () => {
  await owner.query('DELETE FROM file_versions; DELETE FROM files');
  blobs.blobs.clear();
  assetId = north.assets[0]?.id ?? '';
});

type File = {
  id: string;
  name: string;
  deletedAtMicros?: string;
  versions: { version: number; name: string }[];
};
type Sent = { status: number; body: { fileId: string; version: number; error?: string } };

async function post(
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Promise<Sent> {
  const answer = await fetch(`${api.url}${path}`, { method: 'POST', headers, body: bytes });
  return { status: answer.status, body: (await answer.json()) as Sent['body'] };
}
const addTo = (
  id: string,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  token = warehouse,
  subject = 'asset',
) =>
  post(`/files?subject=${subject}&id=${id}&name=${encodeURIComponent(name)}`, bytes, {
    authorization: `Bearer ${token}`,
  });
const addNext = (fileId: string, name: string, bytes: Uint8Array<ArrayBuffer>, token = warehouse) =>
  post(`/files/${fileId}/versions?name=${encodeURIComponent(name)}`, bytes, {
    authorization: `Bearer ${token}`,
  });
async function rpc<T>(name: string, body: object, token = warehouse): Promise<T> {
  return (await (await postRpc(api.url, `FileService/${name}`, { bearer: token, body })).json()) as T;
}
const list = (token = warehouse, withDeleted = false) =>
  rpc<{
    files?: File[];
    usedBytes?: string;
    shareBytes?: string;
    limitBytes: string;
    mayChange?: boolean;
    code?: string;
  }>('ListFiles', { subject: { assetId }, withDeleted }, token);
const linkTo = async (fileId: string, version: number, token = warehouse) =>
  rpc<{ path?: string; code?: string }>('CreateDownload', { fileId, version }, token);
const fetchPath = (path: string) => fetch(`${api.url}${path}`);

describe('files at records', () => {
  test('come in, have versions, and are given out so that nothing in them can run', async () => {
    const first = await addTo(assetId, 'Bühne Süd.pdf', pdf);
    expect(first).toMatchObject({ status: 201, body: { version: 1 } });
    const { fileId } = first.body;
    const newer = new Uint8Array(Buffer.from('%PDF-1.7 the better plan'));
    expect(await addNext(fileId, 'Bühne neu.pdf', newer)).toMatchObject({
      status: 201,
      body: { fileId, version: 2 },
    });

    const { files, usedBytes, mayChange } = await list();
    expect(files).toMatchObject([
      {
        id: fileId,
        name: 'Bühne neu.pdf',
        versions: [
          { version: 2, name: 'Bühne neu.pdf' },
          { version: 1, name: 'Bühne Süd.pdf' },
        ],
      },
    ]);
    expect(Number(usedBytes)).toBe(pdf.length + newer.length);
    expect(mayChange).toBe(true);

    const { path = '' } = await linkTo(fileId, 1);
    const answer = await fetchPath(path);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(pdf);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="B_hne S_d.pdf"; filename*=UTF-8''B%C3%BChne%20S%C3%BCd.pdf`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
    });
    for (const name of blobs.blobs.keys())
      expect(name).toMatch(new RegExp(`^${north.tenantId}/[0-9a-f]{32}$`));
  });

  test('get numbers of their own when two bring a version at once', async () => {
    const { fileId } = (await addTo(assetId, 'plan.pdf', pdf)).body;
    const both = await Promise.all([1, 2, 3].map(() => addNext(fileId, 'plan.pdf', pdf)));
    expect(both.map(({ body }) => body.version).toSorted()).toEqual([2, 3, 4]);
  });

  test('are set aside and brought back, and a link ends with them; the trail says who did it', async () => {
    const { fileId } = (await addTo(assetId, 'plan.pdf', pdf)).body;
    const { path = '' } = await linkTo(fileId, 1);
    await rpc('DeleteFile', { fileId });
    await rpc('DeleteFile', { fileId });
    expect((await list()).files).toBeUndefined();
    expect((await list(warehouse, true)).files).toMatchObject([
      { id: fileId, deletedAtMicros: expect.any(String), purgedAtMicros: expect.any(String) },
    ]);
    expect((await fetchPath(path)).status).toBe(404);
    expect((await addNext(fileId, 'plan.pdf', pdf)).status).toBe(404);
    expect(blobs.blobs.size).toBe(1);
    await rpc('RestoreFile', { fileId });
    expect((await list()).files).toHaveLength(1);
    expect((await fetchPath(path)).status).toBe(200);
    const { rows } = await owner.query<{ action: string; user_id: string }>(
      `SELECT DISTINCT action, user_id FROM audit_log WHERE row_id = $1 AND table_name = 'files' ORDER BY action`,
      [fileId],
    );
    const userId = north.users.warehouse.id;
    expect(rows).toEqual([
      { action: 'insert', user_id: userId },
      { action: 'update', user_id: userId },
    ]);
  });

  test('that are refused leave nothing behind', async () => {
    const refusals = await Promise.all([
      addTo(assetId, 'plan.svg', pdf),
      addTo(assetId, '../plan.pdf', pdf),
      addTo(assetId, 'plan.pdf', new Uint8Array()),
      addTo(assetId, 'photo.jpg', testJpeg({ width: 50_000, height: 50_000 })),
      addTo(assetId, 'plan.pdf', new Uint8Array(26 * MEGABYTE)),
      addTo(uuidV7(1_795_000_000_000, new Uint8Array(10)), 'plan.pdf', pdf),
      addTo(assetId, 'plan.pdf', pdf, warehouse, 'user'),
    ]);
    expect(refusals.map(({ status, body }) => [status, body.error])).toEqual([
      [422, 'kind_not_taken'],
      [422, 'bad_name'],
      [422, 'empty'],
      [422, 'too_many_pixels'],
      [413, 'too_large'],
      [404, 'not_found'],
      [404, 'not_found'],
    ]);
    expect(blobs.blobs.size).toBe(0);
    expect((await list()).files).toBeUndefined();
  });
});

describe('how much there can be', () => {
  const large = new Uint8Array(Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(14 * MEGABYTE)]));

  test('more than the operator lets a company have is refused, also to two at once; its own share is only told', async () => {
    await owner.query('UPDATE tenants SET quota_storage_megabytes = 1 WHERE id = $1', [north.tenantId]);
    expect((await addTo(assetId, 'plan.pdf', large)).status).toBe(201);
    const { usedBytes, shareBytes, limitBytes } = await list();
    expect([usedBytes, shareBytes, limitBytes].map(Number)).toEqual([large.length, MEGABYTE, 30 * MEGABYTE]);
    const both = await Promise.all([addTo(assetId, 'a.pdf', large), addTo(assetId, 'b.pdf', large)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 507]);
    expect(blobs.blobs.size).toBe(2);

    const other = await api.provider.accessToken(south.users.warehouse);
    expect((await addTo(south.assets[0]?.id ?? '', 'c.pdf', large, other)).status).toBe(201);
  });
});

describe('who may', () => {
  test('read is who may read the record, and change who may write it', async () => {
    const { fileId } = (await addTo(assetId, 'plan.pdf', pdf)).body;
    const reader = await api.provider.accessToken(north.users.read_only);
    expect(await list(reader)).toMatchObject({ files: [{ id: fileId }] });
    expect((await list(reader)).mayChange).toBeUndefined();
    expect((await linkTo(fileId, 1, reader)).path).toBeDefined();
    expect((await addTo(assetId, 'x.pdf', pdf, reader)).status).toBe(403);
    expect((await addNext(fileId, 'x.pdf', pdf, reader)).status).toBe(403);
    for (const act of ['DeleteFile', 'RestoreFile'])
      expect(await rpc(act, { fileId }, reader)).toMatchObject({ code: 'permission_denied' });

    const crew = await api.provider.accessToken(north.users.crew);
    expect(await list(crew)).toMatchObject({ code: 'permission_denied' });
    expect(await linkTo(fileId, 1, crew)).toMatchObject({ code: 'permission_denied' });
    expect((await post(`/files?subject=asset&id=${assetId}&name=x.pdf`, pdf, {})).status).toBe(401);
  });

  test('of another company gets what belongs to nobody, by whatever way', async () => {
    const { fileId } = (await addTo(assetId, 'plan.pdf', pdf)).body;
    const other = await api.provider.accessToken(south.users.admin);
    expect((await list(other)).files).toBeUndefined();
    for (const act of ['DeleteFile', 'RestoreFile'])
      expect(await rpc(act, { fileId }, other)).toMatchObject({ code: 'not_found' });
    expect(await linkTo(fileId, 1, other)).toMatchObject({ code: 'not_found' });
    expect((await addNext(fileId, 'x.pdf', pdf, other)).status).toBe(404);
    expect((await addTo(assetId, 'x.pdf', pdf, other)).status).toBe(404);
    // A link that names a file of one company in the name of another is not made here; if it were, it would open nothing.
    const mixed = { tenantId: south.tenantId, userId: south.users.admin.id, fileId, version: 1 };
    expect((await fetchPath(await signDownload(fileLinkKey, mixed))).status).toBe(404);
    expect((await list()).files).toHaveLength(1);
  });
});

describe('a link', () => {
  const claimsOf = (fileId: string) => ({ tenant: north.tenantId, file: fileId, version: 1 });
  const sign = (fileId: string, until: string, key = fileLinkKey, audience = 'eventkit-files') =>
    new SignJWT(claimsOf(fileId))
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(north.users.warehouse.id)
      .setAudience(audience)
      .setExpirationTime(until)
      .sign(key);

  test('opens nothing once it is over, changed, or signed by another key or for something else', async () => {
    const { fileId } = (await addTo(assetId, 'plan.pdf', pdf)).body;
    const good = await sign(fileId, '1 minute');
    const statuses = await Promise.all(
      [
        good,
        await sign(fileId, '-1 second'),
        await sign(fileId, '1 minute', new Uint8Array(32).fill(8)),
        await sign(fileId, '1 minute', fileLinkKey, 'other'),
        `${good.slice(0, -2)}AA`,
        `${Buffer.from('{"alg":"none"}').toString('base64url')}.${good.split('.')[1]}.`,
        'x',
      ].map(async (token) => (await fetchPath(`/files/download/${token}`)).status),
    );
    expect(statuses).toEqual([200, 404, 404, 404, 404, 404, 404]);
  });

  test('of a person who was shut out since opens nothing', async () => {
    const { fileId } = (await addTo(assetId, 'plan.pdf', pdf)).body;
    const path = await signDownload(fileLinkKey, {
      ...{ tenantId: north.tenantId, userId: north.users.sales.id, fileId, version: 1 },
    });
    expect((await fetchPath(path)).status).toBe(200);
    await owner.query('UPDATE users SET deactivated_at = now() WHERE id = $1', [north.users.sales.id]);
    expect((await fetchPath(path)).status).toBe(404);
  });
});
