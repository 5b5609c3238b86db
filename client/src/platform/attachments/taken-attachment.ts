import type { AttachedFile, AttachmentKind } from '@eventkit/shared/attachments/attachment.ts';
import type { CleanPicture } from '@eventkit/shared/attachments/clean-picture.ts';
import { hexOf } from '@eventkit/shared/kernel/hex.ts';
import type { AttachmentId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';

/** A file that a person just made, with what an intent says of it; durable only once an operation is recorded with it. */
export type TakenAttachment = {
  readonly file: AttachedFile;
  readonly bytes: Uint8Array<ArrayBuffer>;
};

export async function takenAttachment(
  kind: AttachmentKind,
  { mediaType, bytes, width, height }: CleanPicture,
  { id, takenAt }: { readonly id: AttachmentId; readonly takenAt: Instant },
): Promise<TakenAttachment> {
  const sha256 = hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  return { file: { id, kind, mediaType, byteSize: bytes.byteLength, sha256, width, height, takenAt }, bytes };
}
