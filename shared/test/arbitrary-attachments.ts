import fc from 'fast-check';
import { type AttachedFile, LARGEST_ATTACHMENT_BYTES } from '#attachments/attachment.ts';
import { hexOf } from '#kernel/hex.ts';
import type { AttachmentId } from '#kernel/ids.ts';
import { testId, testInstant } from './test-ids.ts';

const file: fc.Arbitrary<AttachedFile> = fc.record({
  id: fc.nat(9).map((n) => testId<AttachmentId>('attachment', n)),
  kind: fc.constantFrom('photo' as const, 'signature' as const),
  mediaType: fc.constantFrom('image/jpeg' as const, 'image/png' as const),
  byteSize: fc.integer({ min: 1, max: LARGEST_ATTACHMENT_BYTES }),
  sha256: fc.uint8Array({ minLength: 32, maxLength: 32 }).map(hexOf),
  width: fc.integer({ min: 1, max: 65_535 }),
  height: fc.integer({ min: 1, max: 65_535 }),
  takenAt: fc.nat(100).map(testInstant),
});

/** Few ids, so that some are named twice. */
export function arbitraryAttachments(maxLength: number): fc.Arbitrary<readonly AttachedFile[]> {
  return fc.array(file, { minLength: 1, maxLength });
}
