import type { BlobStore } from '#blobs/blob-store.ts';
import { createJobKinds } from '#job-kinds.ts';
import { createMemoryBlobStore } from './memory-blob-store.ts';

/** All kinds of jobs: without a mail server unless given, with push services that take everything. */
export function createTestJobKinds({
  mail = null,
  blobs = createMemoryBlobStore(),
}: {
  readonly mail?: Parameters<typeof createJobKinds>[0]['mail'];
  readonly blobs?: BlobStore;
} = {}) {
  return createJobKinds({ mail, pusher: { send: async () => 'sent' }, silentAfterDays: 7, blobs });
}
