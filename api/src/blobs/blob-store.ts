/**
 * Where the bytes of files lie: a folder of this machine, or a bucket. Names are `<tenant id>/<random>`, made by us and
 * never by a caller; `nameOfBlob` makes them. What is put under a name never changes.
 */
export type BlobStore = {
  /** Resolves when the bytes are durable, all of them. */
  put(name: BlobName, bytes: Uint8Array, mediaType: string): Promise<void>;
  /** Null where nothing lies under this name. */
  get(name: BlobName): Promise<Uint8Array<ArrayBuffer> | null>;
  /** What is not there is deleted already. */
  delete(name: BlobName): Promise<void>;
};

export type BlobName = `${string}/${string}`;

const NAME = /^[0-9a-f-]{36}\/[0-9a-f]{32}$/;

/** A new name for bytes of a tenant; `random` are 16 bytes that nobody can guess. */
export function nameOfBlob(tenantId: string, random: Uint8Array): BlobName {
  return checkedName(`${tenantId}/${Buffer.from(random).toString('hex')}`);
}

/** Throws for what is no name of ours, so that no path ever leaves its folder. */
export function checkedName(text: string): BlobName {
  if (!NAME.test(text)) throw new Error('not the name of a blob');
  return text as BlobName;
}
