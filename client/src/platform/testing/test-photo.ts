import type { AttachmentId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { testJpeg, testPng } from '@eventkit/shared/test/test-pictures.ts';
import { type TakenAttachment, takenAttachment } from '#platform/attachments/taken-attachment.ts';
import { idOf } from './test-ids.ts';

/** A signature as it comes off the pad. */
export function takeTestSignature(number: number): Promise<TakenAttachment> {
  const picture = { mediaType: 'image/png', bytes: testPng(), width: 1, height: 1 } as const;
  const takenAt = instantOfMs(Date.UTC(2026, 10, 22, 12) + number);
  return takenAttachment('signature', picture, { id: idOf(7, number) as AttachmentId, takenAt });
}

/** A photo as the camera's would be once it is small and clean; each number another one. */
export function takeTestPhoto(number: number): Promise<TakenAttachment> {
  const bytes = testJpeg({ width: 1600, height: 1200 + number });
  const picture = { mediaType: 'image/jpeg', bytes, width: 1600, height: 1200 + number } as const;
  const takenAt = instantOfMs(Date.UTC(2026, 10, 22, 12) + number);
  return takenAttachment('photo', picture, { id: idOf(7, number) as AttachmentId, takenAt });
}
