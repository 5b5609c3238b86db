import { createHash } from 'node:crypto';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import { cleanPicture, type PictureProblem } from '@eventkit/shared/attachments/clean-picture.ts';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type pg from 'pg';
import type { BlobStore } from '#blobs/blob-store.ts';
import { keepBlob } from '#blobs/keep-blob.ts';
import type { Caller } from '#http/caller.ts';
import { readAtMost } from '#http/read-at-most.ts';
import { scopeOf } from '#http/scope-of.ts';
import { findAttachment, noteUploaded } from './attachment-store.ts';

/** other_content: not the bytes that the operation named. other_kind: another sort of picture than it named. */
export type UploadProblem = 'not_found' | 'other_content' | 'other_kind' | PictureProblem;

/**
 * Takes in the bytes of an attachment that an operation of the caller's tenant named. They must be those that it named;
 * what is kept is the picture alone, cleaned again. What is here already is answered as the first time.
 */
export async function receiveAttachment(
  { pool, blobs, clock }: { readonly pool: pg.Pool; readonly blobs: BlobStore; readonly clock: Clock },
  caller: Caller,
  id: string,
  body: ReadableStream<Uint8Array> | null,
): Promise<Result<void, UploadProblem>> {
  const scope = scopeOf(caller);
  const named = await withTenant(pool, scope, (tx) => findAttachment(tx, id), { isReadOnly: true });
  if (named === null) return err('not_found');
  const bytes = await readAtMost(body, named.byteSize);
  if (bytes === null || bytes.length !== named.byteSize || sha256Of(bytes) !== named.sha256) {
    return err('other_content');
  }
  if (named.blobName !== null) return ok(undefined);
  const picture = cleanPicture(bytes);
  if (!picture.ok) return picture;
  if (picture.value.mediaType !== named.mediaType) return err('other_kind');

  const blobName = await keepBlob({ pool, blobs }, scope, picture.value.bytes, picture.value.mediaType);
  const uploadedAt = instantOfMs(clock.wallMs());
  const isFirst = await withTenant(pool, scope, (tx) => noteUploaded(tx, id, { blobName, uploadedAt }));
  if (!isFirst) await blobs.delete(blobName);
  return ok(undefined);
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
