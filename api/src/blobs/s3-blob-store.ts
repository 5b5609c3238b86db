import { S3mini } from 's3mini';
import { type BlobStore, checkedName } from './blob-store.ts';

export type S3Settings = {
  /** Of the service, without the bucket: https://s3.eu-central-1.amazonaws.com, https://minio.example.com … */
  readonly endpoint: URL;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

const ANSWER_WITHIN_MS = 30_000;

/** Blobs as objects of one bucket of anything that speaks S3, addressed by path. Throws where it does not answer. */
export function createS3BlobStore(settings: S3Settings): BlobStore {
  const client = new S3mini({
    endpoint: new URL(settings.bucket, withSlash(settings.endpoint)).href,
    region: settings.region,
    accessKeyId: settings.accessKeyId,
    secretAccessKey: settings.secretAccessKey,
    requestAbortTimeout: ANSWER_WITHIN_MS,
  });
  return {
    async put(name, bytes, mediaType) {
      await client.putObject(checkedName(name), new Uint8Array(bytes), mediaType);
    },
    async get(name) {
      const bytes = await client.getObjectArrayBuffer(checkedName(name));
      return bytes === null ? null : new Uint8Array(bytes);
    },
    async delete(name) {
      await client.deleteObject(checkedName(name));
    },
  };
}

function withSlash(endpoint: URL): URL {
  return endpoint.href.endsWith('/') ? endpoint : new URL(`${endpoint.href}/`);
}
