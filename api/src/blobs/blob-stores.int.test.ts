import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type S3Double, startS3Double } from '#testing/s3-double.ts';
import { signatureOf } from '#testing/s3-signature.ts';
import { type BlobName, type BlobStore, nameOfBlob } from './blob-store.ts';
import { createFolderBlobStore } from './folder-blob-store.ts';
import { createS3BlobStore } from './s3-blob-store.ts';

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const tenantId = '01900000-0000-7000-8000-000000000001';
const newName = () => nameOfBlob(tenantId, randomBytes(16));

let folder: string;
let s3: S3Double;
const stores = new Map<string, BlobStore>();
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eventkit-blobs-'));
  s3 = await startS3Double(keys);
  stores.set('a folder', createFolderBlobStore(join(folder, 'files')));
  stores.set(
    'a bucket',
    createS3BlobStore({ ...keys, endpoint: s3.endpoint, bucket: 'files', region: 'eu-central-1' }),
  );
});
afterAll(async () => {
  await s3.stop();
  rmSync(folder, { recursive: true });
});

describe.each(['a folder', 'a bucket'])('blobs in %s', (kind) => {
  const store = () => stores.get(kind) as BlobStore;

  it('are there as they were put, each under its own name', async () => {
    const [name, other] = [newName(), newName()];
    const bytes = new Uint8Array(randomBytes(300_000));
    await store().put(name, bytes, 'image/jpeg');
    await store().put(other, Uint8Array.of(1), 'image/png');
    expect(await store().get(name)).toEqual(bytes);
    expect(await store().get(other)).toEqual(Uint8Array.of(1));
  });

  it('are put again without harm, and gone when deleted, however often', async () => {
    const name = newName();
    await store().put(name, Uint8Array.of(7), 'image/png');
    await store().put(name, Uint8Array.of(7), 'image/png');
    await store().delete(name);
    await store().delete(name);
    expect(await store().get(name)).toBeNull();
  });

  it('that nobody put are not there', async () => {
    expect(await store().get(newName())).toBeNull();
  });

  it.each(['../../etc/passwd', `${tenantId}/..`, `${tenantId}/a/b`, '', `${tenantId}/${'A'.repeat(32)}`])(
    'have no name %s',
    async (name) => {
      await expect(store().put(name as BlobName, Uint8Array.of(1), 'image/png')).rejects.toThrow(
        'not the name',
      );
      await expect(store().get(name as BlobName)).rejects.toThrow('not the name');
      await expect(store().delete(name as BlobName)).rejects.toThrow('not the name');
    },
  );
});

describe('blobs in a folder', () => {
  it('are for our own account only, and leave no half-written file', async () => {
    const name = newName();
    await stores.get('a folder')?.put(name, Uint8Array.of(1), 'image/png');
    expect(statSync(join(folder, 'files', name)).mode & 0o077).toBe(0);
    expect(readdirSync(join(folder, 'files', tenantId)).filter((file) => file.endsWith('.part'))).toEqual([]);
  });
});

describe('blobs in a bucket', () => {
  it('lie below its path with their media type', async () => {
    const name = newName();
    await stores.get('a bucket')?.put(name, Uint8Array.of(1), 'image/png');
    expect(s3.objects.get(`/files/${name}`)).toEqual({ bytes: Buffer.of(1), mediaType: 'image/png' });
  });

  it('are not to be had with a wrong key, and that is no absence', async () => {
    const settings = {
      ...keys,
      secretAccessKey: 'wrong',
      endpoint: s3.endpoint,
      bucket: 'files',
      region: 'x',
    };
    const thief = createS3BlobStore(settings);
    await expect(thief.get(newName())).rejects.toThrow();
    await expect(thief.put(newName(), Uint8Array.of(1), 'image/png')).rejects.toThrow();
  });

  it('are asked for by signatures that are checked as AWS says: its published example', () => {
    const request = {
      method: 'GET',
      path: '/test.txt',
      headers: {
        host: 'examplebucket.s3.amazonaws.com',
        range: 'bytes=0-9',
        'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        'x-amz-date': '20130524T000000Z',
      },
    };
    const signing = {
      scope: '20130524/us-east-1/s3/aws4_request',
      signedHeaders: ['host', 'range', 'x-amz-content-sha256', 'x-amz-date'],
      secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    };
    expect(signatureOf(request, signing)).toBe(
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    );
  });
});

it('a folder does not follow symbolic links that somebody put there', async () => {
  const name = newName();
  const outside = join(folder, 'secret');
  writeFileSync(outside, 'secret');
  mkdirSync(join(folder, 'files', tenantId), { recursive: true });
  symlinkSync(outside, join(folder, 'files', name));
  await expect((stores.get('a folder') as BlobStore).get(name)).rejects.toThrow('ELOOP');
});
