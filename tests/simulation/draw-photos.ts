import type { TakenAttachment } from '@eventkit/client/platform/attachments/taken-attachment.ts';
import type { AttachedFile } from '@eventkit/shared/attachments/attachment.ts';
import { filesOf } from '@eventkit/shared/attachments/attachments-of.ts';
import { type AttachmentId, uuidV7 } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import type { Intent } from '@eventkit/shared/operations/operation.ts';
import type { RandomSource } from './random-source.ts';

const AT_MS = Date.UTC(2026, 10, 22);

/** The same with up to two photos where a damage is reported. */
export function withPhotos(intent: Intent, random: RandomSource): Intent {
  if (intent.kind !== 'check_in' || intent.disposition !== 'damaged') return intent;
  const count = Math.floor(random.between(0, 3));
  if (count === 0) return intent;
  return { ...intent, attachments: Array.from({ length: count }, () => drawPhoto(random)) };
}

function drawPhoto(random: RandomSource): AttachedFile {
  const bytes = Uint8Array.from({ length: 10 }, () => random.between(0, 256));
  return {
    id: uuidV7(AT_MS, bytes) as AttachmentId,
    kind: 'photo',
    mediaType: 'image/jpeg',
    byteSize: 1,
    sha256: '0'.repeat(64),
    width: 1600,
    height: 1200,
    takenAt: instantOfMs(AT_MS),
  };
}

/** Bytes for the photos that an intent names: a device records none without. */
export function photosOf(intent: Intent): readonly TakenAttachment[] {
  return filesOf(intent).map((file) => ({ file, bytes: Uint8Array.of(0) }));
}
