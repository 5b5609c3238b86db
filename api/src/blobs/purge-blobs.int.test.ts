import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@eventkit/database/migrate.ts';
import { migrationsFolder } from '@eventkit/database/migration-files.ts';
import { createPool } from '@eventkit/database/pool.ts';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import {
  createEmptyTestDatabase,
  createTestDatabase,
  type TestDatabase,
} from '@eventkit/database/testing/test-database.ts';
import { insertTwoTenants, type TestTenant, testId } from '@eventkit/database/testing/two-tenants.ts';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMemoryBlobStore } from '#testing/memory-blob-store.ts';
import { type S3Double, startS3Double } from '#testing/s3-double.ts';
import { createTestJobKinds } from '#testing/test-job-kinds.ts';
import type { BlobName, BlobStore } from './blob-store.ts';
import { createFolderBlobStore } from './folder-blob-store.ts';
import { keepBlob } from './keep-blob.ts';
import { createS3BlobStore } from './s3-blob-store.ts';

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const bytes = Uint8Array.of(1, 2, 3);

let database: TestDatabase;
let app: pg.Pool;
let owner: pg.Pool;
let north: TestTenant;
let south: TestTenant;
let folder: string;
let s3: S3Double;
const stores = new Map<string, BlobStore>();
beforeAll(async () => {
  database = await createTestDatabase();
  app = createPool({ url: database.ownerUrl, role: 'eventkit_app', max: 2, applicationName: 'blobs test' });
  owner = createPool({ url: database.ownerUrl, role: 'owner', max: 1, applicationName: 'blobs test' });
  [north, south] = await insertTwoTenants(owner);
  folder = mkdtempSync(join(tmpdir(), 'eventkit-purge-'));
  s3 = await startS3Double(keys);
  stores.set('a folder', createFolderBlobStore(join(folder, 'files')));
  stores.set(
    'a bucket',
    createS3BlobStore({ ...keys, endpoint: s3.endpoint, bucket: 'files', region: 'eu-central-1' }),
  );
});
afterAll(async () => {
  await Promise.all([app.end(), owner.end()]);
  await s3.stop();
  await database.drop();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  await owner.query('DELETE FROM files; DELETE FROM blobs; DELETE FROM ended_blobs');
});

describe.each(['a folder', 'a bucket'])('bytes in %s', (kind) => {
  const blobs = () => stores.get(kind) as BlobStore;
  const keep = (company: TestTenant) =>
    keepBlob({ pool: app, blobs: blobs() }, company.scope, bytes, 'application/pdf');
  const purge = (company = north) => run('purge-files', blobs(), company);
  const remove = (company = north, store = blobs()) => run('remove-blobs', store, company);
  const isThere = async (name: BlobName) => (await blobs().get(name)) !== null;

  test('that no row came to name go after a day, and nothing can name them from before they go', async () => {
    const [lost, onItsWay, named] = [await keep(north), await keep(north), await keep(north)];
    await addFile(north, named);
    await age(lost, '25 hours');
    await age(onItsWay, '23 hours');
    await age(named, '25 hours');
    expect(await kinds(blobs())['purge-files'].rounds.findCompanies(app)).toEqual([north.tenantId]);

    expect(await purge()).toBe(1);
    await expect(addFile(north, lost)).rejects.toThrow('foreign key');
    expect(await kinds(blobs())['purge-files'].rounds.findCompanies(app)).toEqual([]);
    expect(await isThere(lost)).toBe(true);
    expect(await kinds(blobs())['remove-blobs'].rounds.findCompanies(app)).toEqual([north.tenantId]);

    expect(await remove()).toBe(1);
    expect(await Promise.all([lost, onItsWay, named].map(isThere))).toEqual([false, true, true]);
    expect(await kinds(blobs())['remove-blobs'].rounds.findCompanies(app)).toEqual([]);
    expect(await remove()).toBe(0);
  });

  test('go with a file that was set aside for longer than the company keeps it, not a day before', async () => {
    const [older, newer] = [await keep(north), await keep(north)];
    const fileId = await addFile(north, older);
    await addVersion(north, fileId, 2, newer);
    for (const name of [older, newer]) await age(name, '100 days');
    await setAside(fileId, 29);
    expect(await purge()).toBe(0);
    await setAside(fileId, 31);
    const versions = await owner.query<{ id: string }>('SELECT id FROM file_versions WHERE file_id = $1', [
      fileId,
    ]);
    expect(await purge()).toBe(3);
    expect(await remove()).toBe(2);
    expect(await Promise.all([older, newer].map(isThere))).toEqual([false, false]);
    const { rows } = await owner.query(
      `SELECT table_name, count(*)::int AS count FROM audit_log
       WHERE action = 'delete' AND row_id = ANY ($1) GROUP BY table_name ORDER BY table_name`,
      [[fileId, ...versions.rows.map(({ id }) => id)]],
    );
    expect(rows).toEqual([
      { table_name: 'file_versions', count: 2 },
      { table_name: 'files', count: 1 },
    ]);
  });

  test('are removed by the next round where a crash came between them and their row', async () => {
    const [first, second] = [await keep(north), await keep(north)];
    for (const name of [first, second]) await age(name, '25 hours');
    expect(await purge()).toBe(2);
    let deleted = 0;
    const dying: BlobStore = {
      ...blobs(),
      async delete(name) {
        if (deleted++ === 1) throw new Error('the machine went away');
        await blobs().delete(name);
      },
    };
    await expect(remove(north, dying)).rejects.toThrow('went away');
    expect((await Promise.all([first, second].map(isThere))).toSorted()).toEqual([false, true]);
    expect(await remove()).toBe(2);
    expect(await Promise.all([first, second].map(isThere))).toEqual([false, false]);
  });

  test('of another company are out of reach, and its time is its own', async () => {
    const [own, other] = [await keep(north), await keep(south)];
    for (const name of [own, other]) await age(name, '25 hours');
    const fileId = await addFile(south, await keep(south));
    await setAside(fileId, 31);
    expect(await purge()).toBe(1);
    expect(await remove()).toBe(1);
    expect(await isThere(other)).toBe(true);
    const left = await owner.query('SELECT FROM files WHERE id = $1', [fileId]);
    expect(left.rowCount).toBe(1);

    // Whoever made a name of another company's bytes would have them removed in its place.
    await expect(
      withTenant(app, north.scope, (tx) =>
        tx.query('INSERT INTO blobs (tenant_id, name) VALUES ($1, $2)', [north.tenantId, other]),
      ),
    ).rejects.toThrow('check constraint');
    for (const sql of [
      'DELETE FROM blobs',
      'UPDATE blobs SET begun_at = now()',
      `INSERT INTO ended_blobs SELECT current_tenant_id(), 'x'`,
    ])
      await expect(withTenant(app, north.scope, (tx) => tx.query(sql))).rejects.toThrow('permission denied');
  });
});

test('files go for good with the thing that they are kept with', async () => {
  const blobs = createMemoryBlobStore();
  const name = await keepBlob({ pool: app, blobs }, south.scope, bytes, 'application/pdf');
  const assetId = testId(2, 90);
  await owner.query(
    `INSERT INTO assets (tenant_id, id, product_id, code, is_case, baseline_kind, baseline_id, place_kind, place_id,
       status, condition)
     SELECT tenant_id, $2, product_id, 'A-0090', is_case, baseline_kind, baseline_id, place_kind, place_id, status, condition
     FROM assets WHERE id = $1`,
    [south.assetId, assetId],
  );
  const fileId = await addFile({ ...south, assetId }, name);
  await age(name, '25 hours');
  await owner.query('DELETE FROM assets WHERE id = $1', [assetId]);
  expect((await owner.query('SELECT FROM files WHERE id = $1', [fileId])).rowCount).toBe(0);
  expect(await run('purge-files', blobs, south)).toBe(1);
  expect(await run('remove-blobs', blobs, south)).toBe(1);
  expect(blobs.blobs.size).toBe(0);
});

test('rows from before the list was kept are in it after the upgrade, for an owner that is no superuser', async () => {
  const empty = await createEmptyTestDatabase();
  const before = mkdtempSync(join(tmpdir(), 'eventkit-before-blobs-'));
  const name = new URL(empty.ownerUrl).pathname.slice(1);
  const plain = `owner_of_${name}`;
  const asSuperuser = createPool({
    url: empty.ownerUrl,
    role: 'owner',
    max: 1,
    applicationName: 'blobs test',
  });
  const url = new URL(empty.ownerUrl);
  [url.username, url.password] = [plain, 'test'];
  try {
    for (const file of readdirSync(migrationsFolder).filter((one) => one < '20261124125000'))
      cpSync(join(migrationsFolder, file), join(before, file));
    await asSuperuser.query(`CREATE ROLE ${plain} LOGIN PASSWORD 'test' CREATEROLE;
      GRANT eventkit_app, eventkit_sync, eventkit_jobs TO ${plain}; ALTER DATABASE ${name} OWNER TO ${plain};
      ALTER SCHEMA public OWNER TO ${plain}`);
    await migrate(url.href, { folder: before });
    const [company] = await insertTwoTenants(asSuperuser);
    const blobName = `${company.tenantId}/${'a'.repeat(32)}` as BlobName;
    await addFile(company, blobName, asSuperuser);
    await migrate(url.href);
    const { rows } = await asSuperuser.query('SELECT tenant_id, name FROM blobs');
    expect(rows).toEqual([{ tenant_id: company.tenantId, name: blobName }]);
  } finally {
    await asSuperuser.query(
      `REASSIGN OWNED BY ${plain} TO CURRENT_USER; DROP OWNED BY ${plain}; DROP ROLE ${plain}`,
    );
    await asSuperuser.end();
    await empty.drop();
    rmSync(before, { recursive: true });
  }
});

const kinds = (blobs: BlobStore) => createTestJobKinds({ blobs });

function run(kind: 'purge-files' | 'remove-blobs', blobs: BlobStore, company: TestTenant): Promise<number> {
  const scope = { ...company.scope, userId: null, requestId: null };
  return withTenant(app, scope, (tx) => kinds(blobs)[kind].work(tx));
}

/** A file with one version; answers its id. */
async function addFile(company: TestTenant, blobName: BlobName, by: pg.Pool = owner): Promise<string> {
  const { rows } = await by.query<{ id: string }>(
    `INSERT INTO files (tenant_id, id, asset_id, name) VALUES ($1, gen_random_uuid(), $2, 'plan.pdf') RETURNING id`,
    [company.tenantId, company.assetId],
  );
  const id = rows[0]?.id ?? '';
  await addVersion(company, id, 1, blobName, by);
  return id;
}

async function addVersion(
  { tenantId, userId }: TestTenant,
  fileId: string,
  version: number,
  blobName: BlobName,
  by: pg.Pool = owner,
): Promise<void> {
  await by.query(
    `INSERT INTO file_versions (tenant_id, id, file_id, version, name, media_type, byte_size, sha256, blob_name, uploaded_by)
     VALUES ($1, gen_random_uuid(), $2, $3, 'plan.pdf', 'application/pdf', 3, repeat('0', 64), $4, $5)`,
    [tenantId, fileId, version, blobName, userId],
  );
}

const age = (name: BlobName, by: string) =>
  owner.query('UPDATE blobs SET begun_at = now() - $2::interval WHERE name = $1', [name, by]);

const setAside = (fileId: string, days: number) =>
  owner.query('UPDATE files SET deleted_at = now() - make_interval(days => $2) WHERE id = $1', [
    fileId,
    days,
  ]);
