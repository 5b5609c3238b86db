import type { AttachmentId, OperationId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';

/** photo: a picture of a thing. signature: a person's hand for something. */
export type AttachmentKind = 'photo' | 'signature';
export type AttachmentMediaType = 'image/jpeg' | 'image/png';

/** A file as the operation that it belongs to names it; its bytes travel on their own. */
export type AttachedFile = {
  readonly id: AttachmentId;
  readonly kind: AttachmentKind;
  readonly mediaType: AttachmentMediaType;
  readonly byteSize: number;
  /** Of the file, in lower-case hexadecimal: the bytes that come later must be these. */
  readonly sha256: string;
  /** In pixels, as it is to be looked at. */
  readonly width: number;
  readonly height: number;
  /** When the device got it, by corrected time. */
  readonly takenAt: Instant;
};

/** What everybody in the company knows of a file, whether its bytes have come or not. */
export type Attachment = AttachedFile & {
  readonly operationId: OperationId;
  /** When the server had the bytes; null until then. */
  readonly uploadedAt: Instant | null;
};

/** What the wire takes. */
export const MOST_ATTACHMENTS = 10;
/** On one confirmation of a truck: who drives, and who saw it too. */
export const MOST_SIGNATURES = 2;
export const LARGEST_ATTACHMENT_BYTES = 10 * 1024 * 1024;
