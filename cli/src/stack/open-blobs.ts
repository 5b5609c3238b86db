import { join } from 'node:path';
import type { BlobStore } from '@eventkit/api/blobs/blob-store.ts';
import { createFolderBlobStore } from '@eventkit/api/blobs/folder-blob-store.ts';
import { createS3BlobStore } from '@eventkit/api/blobs/s3-blob-store.ts';
import type { Config } from '#config.ts';

/** Where bytes of files lie: in a bucket where one is named, else below the data folder. */
export function openBlobs({ s3, dataDir }: Pick<Config, 's3' | 'dataDir'>): BlobStore {
  return s3 === null ? createFolderBlobStore(join(dataDir, 'files')) : createS3BlobStore(s3);
}
