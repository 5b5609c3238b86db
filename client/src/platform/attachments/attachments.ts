import type { AttachmentKind } from '@eventkit/shared/attachments/attachment.ts';
import type { CleanPicture } from '@eventkit/shared/attachments/clean-picture.ts';
import type { AttachmentId, NewId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { Replica } from '#platform/replica/replica.ts';
import type { CorrectedClock } from '#platform/sync/corrected-clock.ts';
import { evictFiles, keepDownloaded, MOST_KEPT_BYTES, readLocalFile } from './attachment-queue-store.ts';
import type { AttachmentTransport } from './attachment-transport.ts';
import type { DrawnSignature } from './draw-signature.ts';
import type { PhotoProblem } from './re-encode-photo.ts';
import type { TakenAttachment } from './taken-attachment.ts';
import { takenAttachment } from './taken-attachment.ts';

export type Attachments = {
  /** A picture from the camera or the library as it will be kept: small, upright, and silent about where it was. */
  takePhoto(picture: Blob): Promise<Result<TakenAttachment, PhotoProblem>>;
  /** A signature as it will be kept: a small picture of what was drawn or written. */
  takeSignature(signature: DrawnSignature): Promise<Result<TakenAttachment, PhotoProblem>>;
  /** The bytes from this device; where they are not here, from the server, and then they stay here. */
  read(id: AttachmentId, signal: AbortSignal): Promise<Result<Blob, ReadProblem>>;
};

/** unreachable: neither here nor to be fetched now. not_uploaded: it is still on the device that took it. */
export type ReadProblem = 'unreachable' | 'not_uploaded';

/** Code that no scan waits for. */
const loadPhotos = () => import('./re-encode-photo.ts');
const loadSignatures = () => import('./draw-signature.ts');

/** Brings the code that draws pictures onto the device, before the network may go. */
export async function loadPictures(): Promise<void> {
  await Promise.all([loadPhotos(), loadSignatures()]);
}

/** What screens do with photos. */
export function createAttachments(ports: {
  readonly replica: Replica;
  readonly transport: Pick<AttachmentTransport, 'download'>;
  readonly clock: CorrectedClock;
  readonly newId: NewId;
}): Attachments {
  const { replica, transport, clock, newId } = ports;
  const keep = async (
    kind: AttachmentKind,
    picture: Result<CleanPicture, PhotoProblem>,
  ): Promise<Result<TakenAttachment, PhotoProblem>> => {
    if (!picture.ok) return picture;
    const takenAt = instantOfMs(clock.nowMs());
    return ok(await takenAttachment(kind, picture.value, { id: newId() as AttachmentId, takenAt }));
  };
  return {
    async takePhoto(picture) {
      const { reEncodePhoto } = await loadPhotos();
      return keep('photo', await reEncodePhoto(picture));
    },
    async takeSignature(signature) {
      const { drawSignature } = await loadSignatures();
      return keep('signature', await drawSignature(signature));
    },
    async read(id, signal) {
      const here = await readLocalFile(replica, id);
      if (here !== null) return ok(new Blob([new Uint8Array(here.bytes)], { type: here.mediaType }));
      const row = await replica.getOptional<{
        mediaType: 'image/jpeg' | 'image/png';
        uploadedAt: string | null;
      }>('SELECT media_type AS mediaType, uploaded_at AS uploadedAt FROM attachments WHERE id = ?', [id]);
      if (row === null || row.uploadedAt === null) return err('not_uploaded');
      const fetched = await transport.download(id, signal);
      if (!fetched.ok) return err('unreachable');
      const { mediaType } = row;
      await keepDownloaded(replica, { id, mediaType, bytes: fetched.value }, instantOfMs(clock.nowMs()));
      await evictFiles(replica, MOST_KEPT_BYTES);
      return ok(new Blob([fetched.value], { type: mediaType }));
    },
  };
}
