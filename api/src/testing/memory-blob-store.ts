import type { BlobStore } from '#blobs/blob-store.ts';

export type MemoryBlobStore = BlobStore & { readonly blobs: Map<string, Uint8Array<ArrayBuffer>> };

export function createMemoryBlobStore(): MemoryBlobStore {
  const blobs = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    blobs,
    async put(name, bytes) {
      blobs.set(name, new Uint8Array(bytes));
    },
    async get(name) {
      return blobs.get(name) ?? null;
    },
    async delete(name) {
      blobs.delete(name);
    },
  };
}
